"""A mailing that waits for its moment: changed and cancelled until it starts."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    is_scheduled = fields.Boolean(
        compute="_compute_is_scheduled", help="It waits for the moment that was chosen; nobody is mailed before."
    )

    @api.depends("state", "flight_state", "schedule_date", "mailing_type")
    def _compute_is_scheduled(self):
        now = fields.Datetime.now()
        for mailing in self:
            waits = mailing.state == "in_queue" and not mailing.flight_state and mailing.mailing_type == "mail"
            mailing.is_scheduled = waits and bool(mailing.schedule_date) and mailing.schedule_date > now

    def action_change(self):
        """Take it back, and open the four steps at who and when; it leaves when it is given for sending again."""
        self.ensure_one()
        self._check_may_send()
        self.check_access("write")
        if not self.is_scheduled:
            raise UserError(
                self.env._(
                    "“%(subject)s” has begun, or is not scheduled. Pause or stop it.", subject=self._subject_in_words()
                )
            )
        self.action_cancel()
        self._message_log(body=self.env._("Taken back to be changed: a draft until it is given for sending again."))
        return self._open_send_at("audience")

    def write(self, vals):
        result = super().write(vals)
        scheduled = self.filtered("is_scheduled")
        if scheduled and vals.keys() & self._requested_fields():
            if "schedule_date" in vals:
                scheduled._note_other_moment()
            scheduled._check_still_may_leave()
        return result

    def _check_still_may_leave(self):
        """Raise where a change in its place brings an error, or a warning that nobody has read."""
        if self.env.su or not self._enforces_terms_and_checks():
            return
        for mailing in self:
            mailing._check_findings()

    def _note_other_moment(self):
        """Lists and the calendar move stock's date: the four steps keep their own, and the cron knows of none."""
        for mailing in self.filtered(lambda mailing: mailing.send_at != mailing.schedule_date):
            mailing.sudo().write({"send_when": "later", "send_at": mailing.schedule_date})  # sudo: an echo of the above
            # sudo: only the server wakes jobs
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").sudo()._trigger(at=mailing.schedule_date)
