"""Starting, pausing and stopping a series."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..mailing_mailing.request import NO_REQUEST


class MailingSeries(models.Model):
    _inherit = "mailing.series"

    def _may_start(self):
        """Whether the user may let it send; what an approved request allows belongs in here."""
        return self.env["mailing.mailing"]._may_send()

    def _check_may_start(self):
        if not self._may_start():
            raise AccessError(
                self.env._("You may prepare a periodic mailing, not start it. Ask a colleague who may send to do it.")
            )

    def action_start(self):
        """Send from the next date on; also after a pause."""
        self._check_may_start()
        self.check_access("write")
        for series in self:
            series._check_can_start()
            # sudo: the state is the server's; who may start was checked
            series.sudo().write({"state": "running", "started_by_id": self.env.uid})
            series.sudo()._note_seen()
            series.sudo()._plan_next(series._not_before())
            if series.state != "running":
                raise UserError(self.env._("No date is still to come. Choose a later last day, or more times."))
        return True

    def action_pause(self):
        """Send nothing until it is started again; the dates that pass meanwhile are left out."""
        self._end("running", "paused")
        return True

    def action_stop(self):
        """Send nothing any more. What has left is not recalled."""
        self._end(("running", "paused"), "stopped")
        return True

    def _end(self, states, state):
        self._check_may_start()
        self.check_access("write")
        ended = self.filtered(lambda series: series.state in states)
        ended.sudo().write({"state": state, "next_at": False})  # sudo: as above

    def _note_seen(self):
        """Who may send has seen the mailing as it is now."""
        for series in self:
            series.fingerprint = series.mailing_id._fingerprint_for_series()

    def _pause_after_change(self):
        """What was changed by who has to ask is not sent before it is approved again."""
        for series in self:
            series.write({"state": "paused", "next_at": False})
            series.mailing_id.write(NO_REQUEST)
            series._tell_owner(
                lambda series: series.env._("Paused: the mailing was changed"),
                lambda series: series.env._(
                    "%(name)s changed the mailing, and has to ask before it is sent. Look at the change, and "
                    "approve or start the series again.",
                    name=series.env.user.name,
                ),
                to_who_started=True,
            )

    def _check_can_start(self):
        """Raise UserError naming what is missing."""
        mailing = self.mailing_id
        if self.state == "running":
            raise UserError(self.env._("It is running already."))
        if mailing.state != "draft" or mailing.mailing_type != "mail":
            raise UserError(self.env._("Only an e-mail that is a draft can be repeated. Duplicate it first."))
        self._check_recurrence()
        mailing._check_audience_chosen()
        mailing._check_may_leave_draft()

    # ------------------------------------------------------------
    # The next date
    # ------------------------------------------------------------

    def _times_left(self):
        if not self.repeat_count:
            return None
        return self.repeat_count - len(self.run_ids.filtered(lambda run: run.state != "skipped"))

    def _not_before(self):
        """The next date is after this moment: nothing goes out for a moment of the past, or twice for one."""
        return max([fields.Datetime.now(), *self.run_ids.mapped("planned_at")])

    def _plan_next(self, after):
        """Keep the next moment, and be woken then; without one it is finished."""
        moment = next(iter(self._next_moments(after, 1)), False)
        self.write({"next_at": moment, "state": "running" if moment else "done"})
        if moment:
            self._cron()._trigger(at=moment)

    def _plan_anew(self):
        """After a change of the rule; what is due at this very moment still goes."""
        for series in self.sudo():  # sudo: the next date is the server's, the rule was the user's to change
            if not series.next_at or series.next_at > fields.Datetime.now():
                series._plan_next(series._not_before())

    def _cron(self):
        # sudo: only the server wakes jobs
        return self.env.ref("bulk_mailing.ir_cron_series").sudo()
