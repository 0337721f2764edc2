"""The dates of a series when they come: sent, held or skipped, each of them once."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..mailing_series_run import FOR_NOW

_logger = logging.getLogger(__name__)


class MailingSeries(models.Model):
    _inherit = "mailing.series"

    @api.model
    def _cron_run_due(self):
        """Let every series run whose date has come, each in a transaction of its own."""
        due = self.search([("state", "=", "running"), ("next_at", "<=", fields.Datetime.now())], order="next_at, id")
        for series in due:
            try:
                with self.env.cr.savepoint():
                    # what holds or skips a date is kept in the language of who started it, not the job's
                    series.with_context(lang=series.started_by_id.lang)._run_due()
            except FOR_NOW:  # or another process has it: nothing has happened
                _logger.info("Series %s is looked at again in a minute", series.id, exc_info=True)
                self.env["mailing.queue"]._abandon_transaction()
                self._cron()._trigger(at=fields.Datetime.now() + timedelta(minutes=1))
                continue
            except Exception:  # one series must not hold up the others
                _logger.exception("Series %s is looked at again when the job next runs", series.id)
                self.env["mailing.queue"]._abandon_transaction()
                continue
            self.env["ir.cron"]._commit_progress(processed=1)

    def _run_due(self):
        """Send for the last date that has come, unless it is too late for it, and skip those before it.

        The copy, its place in the queue and the next date are one transaction: a crash leaves all of it or nothing.
        """
        if not self.try_lock_for_update():
            return
        self.invalidate_recordset()  # as it is now that nobody else changes it
        now = fields.Datetime.now()
        if self.state != "running" or not self.next_at or self.next_at > now:
            return
        *missed, planned_at = sorted({self.next_at, *self._recurrence().moments_between(self.next_at, now)})
        if now - planned_at > timedelta(hours=self.late_limit_hours):
            missed.append(planned_at)
        self._skip_missed(missed)
        if planned_at not in missed:
            self._run_for(planned_at)
        self._plan_next(now)

    def _run_for(self, planned_at):
        held = self.run_ids.filtered(lambda run: run.state == "held")
        held._skip(self.env._("The next date came first."))
        run = self.env["mailing.series.run"].create({"series_id": self.id, "planned_at": planned_at})
        if reason := run._depart():
            self._tell_owner(
                lambda series: series.env._("Held: %(moment)s", moment=series._in_words(planned_at)),
                lambda _series: reason,
            )

    def _skip_missed(self, moments):
        """Note the dates for which it is too late, and tell the owner once of all."""
        if not moments:
            return
        missed = [{"series_id": self.id, "planned_at": moment} for moment in moments]
        self.env["mailing.series.run"].create(missed)._skip(self.env._("Too late"))
        self._tell_owner(
            lambda series: series.env._("Skipped: %(moment)s", moment=series._in_words(moments[-1])),
            lambda series: series.env._(
                "The server was not at work in time: %(moments)s. Nothing was sent for what is over "
                "%(hours)d hours late, or has a later date after it.",
                moments=", ".join(map(series._in_words, moments)),
                hours=series.late_limit_hours,
            ),
        )

    def _make_mailing(self):
        """A copy of the mailing as it is now, made and sent with the rights of who started the series."""
        author = self.started_by_id
        if not author.active:
            raise UserError(self.env._("%(name)s, who started the series, has left. Start it again.", name=author.name))
        self.mailing_id._check_seen(self.fingerprint)
        context = self.env["res.users"].with_user(author).context_get()
        mailing = self.mailing_id.with_user(author).with_context(**context)
        copy = mailing.copy(
            {
                "subject": mailing.subject,
                "use_exclusion_list": mailing.use_exclusion_list,
                "schedule_type": "now",
                "schedule_date": False,
                "attachment_ids": False,
            }
        )
        # sudo: a colleague may have uploaded them for this mailing, which who started it has seen
        copy.sudo().attachment_ids = self.mailing_id.attachment_ids
        return copy

    def _tell_owner(self, summary, note, to_who_started=False):
        """An activity for the owner, in their language: two functions of the series give its texts."""
        people = [self.started_by_id] if to_who_started else [self.user_id, self.started_by_id]
        # who has left, or may not read it any more, can be given no activity
        able = [user for user in people if user.active and self.with_user(user).has_access("read")]
        if not able:
            self._message_log(body=f"{summary(self)}. {note(self)}")
            return
        series = self.with_context(lang=able[0].lang)
        series.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=able[0].id,
            summary=summary(series),
            note=plaintext2html(note(series)),
        )
