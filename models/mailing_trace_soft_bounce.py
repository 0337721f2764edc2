"""A report that comes later: the mail was taken, and could not be delivered after all. It goes again, for a while."""

import random
from datetime import UTC

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    first_attempt_at = fields.Datetime(
        readonly=True, help="Where it took more than one: attempts end some days after the first."
    )
    last_attempt_after = fields.Datetime(
        readonly=True, help="Where it was sent again: the mails of earlier attempts are dated before."
    )

    def _take_soft_bounce(self, failure, original_date):
        """Try again by the schedule, or give up where its time is over."""
        mailing = self.mass_mailing_id
        mailing._lock()
        self._check_is_settled()
        if self.trace_status not in ("sent", "pending"):
            return  # it waits already, or has ended; or somebody has opened it, who has got it
        if self.last_attempt_after and not original_date:  # which attempt that was nobody can tell
            self._record_failure(failure)
            return
        # in doubt: now it is known that it did not arrive, and a person decides whether it goes again
        may_go_again = self.delivery_state == "sent"
        wait = self._wait_for_next_attempt() if may_go_again else None
        if wait and mailing._may_send_once_more():
            self._queue_again(wait, self._words_of(failure))
            mailing._reopen()
        else:
            self._give_up(failure, is_time_over=may_go_again and not wait)
            self._record_failure(failure)

    def _is_of_earlier_attempt(self, original_date):
        """All attempts have one Message-ID, and each has its own Date; without one nobody can tell."""
        again_after = self.last_attempt_after
        return bool(again_after and original_date) and original_date < again_after.replace(tzinfo=UTC)

    def _check_is_settled(self):
        """Raise while a lane has it: what came back sooner than that is written down, twice a second, comes again.

        Also of a lane that died, until what it had claimed is taken back: then it is in doubt, and what came back
        settles that.
        """
        claimed = [("trace_id", "=", self.id), ("claimed_by", "!=", False)]
        is_being_sent = (self.delivery_state, self.trace_status) == ("sending", "outgoing")
        if is_being_sent and self.env["mailing.queue"].search_count(claimed):
            raise ConcurrencyError("A recipient is not settled yet")

    def _wait_for_next_attempt(self):
        began = self.first_attempt_at or self.sent_datetime or self.create_date
        age, schedule = fields.Datetime.now() - began, self.mass_mailing_id._retry_schedule()
        # spreads attempts, protects nothing
        return schedule.delay(self.attempt_count, age, random.random())  # noqa: S311

    def _queue_again(self, wait, words):
        """The same message, with the same Message-ID, later."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH again AS (
                    UPDATE mailing_trace SET delivery_state = 'deferred', trace_status = 'outgoing',
                        smtp_reply = %(words)s,
                        first_attempt_at = COALESCE(first_attempt_at, sent_datetime), sent_datetime = NULL,
                        -- in the middle of the wait: hosts' clocks may differ
                        last_attempt_after = date_trunc('second',
                            now() AT TIME ZONE 'UTC' + %(seconds)s / 2 * interval '1 s')
                    WHERE id = %(trace)s
                    RETURNING id, mass_mailing_id, res_id, email, attempt_count, first_attempt_at
                )
                INSERT INTO mailing_queue (trace_id, mailing_id, provider_id, res_id, email, attempt_count,
                    first_attempt_at, next_attempt_at)
                SELECT id, mass_mailing_id, %(provider)s, res_id, email, attempt_count, first_attempt_at,
                    date_trunc('second', now() AT TIME ZONE 'UTC' + %(seconds)s * interval '1 s')
                FROM again
                """,
                trace=self.id,
                words=words,
                seconds=wait.total_seconds(),
                provider=self.env["mailing.queue"]._provider_of_email_sql(),
            )
        )
        self.env.invalidate_all()

    def _give_up(self, failure, is_time_over):
        """Failed, but softly: the address may well work next time."""
        words = self._words_of(failure)
        reason = " ".join(filter(None, [self._end_in_words(), words])) if is_time_over else words
        self.write(
            {
                "delivery_state": "failed",
                "trace_status": "error",
                "failure_type": "mail_bounce",
                "failure_reason": reason,
                "bounce_severity": "soft",
                "bounce_reason": failure.reason.value,
                "smtp_reply": words,
            }
        )

    def _end_in_words(self):
        mailing = self.mass_mailing_id._in_language_of_who_sent_it()
        return mailing._translate(mailing._retry_schedule().end)
