"""What came back for good, or was complained about: on the recipient, in the ledger, and for stock's statistics."""

from odoo import fields, models

from ..core.another_attempt import may_help
from ..core.bounces import NO_COMPLAINTS, Severity
from .mailing_bounce import REASONS

HAS_GOT_IT = ("open", "reply")
WAITING = ("queued", "sending", "deferred")


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    bounce_reason = fields.Selection(REASONS, readonly=True)

    def _take_failure(self, failure, is_own, is_returned, original_date):
        """Act on a report that this mail could not be delivered.

        :param is_own: whether it speaks of the address that we have written to
        :param is_returned: whether it came to the return-path of this mail alone, so that this address is to blame,
            whomever its mail is forwarded to; where neither is so, the ledger learns nothing
        :param original_date: of the mail that is returned, None where unknown
        """
        if not self.email:
            return  # deleted from the database since: it cannot go again, and what came back would name it
        if failure.severity is not Severity.HARD and self._is_of_earlier_attempt(original_date):
            return  # what it says of that attempt is no news of the next one
        # Odoo's own queue has no later attempts
        if failure.severity is Severity.SOFT and self.delivery_state and may_help(failure):
            if is_own:
                self._take_soft_bounce(failure, original_date)
                return
            self._check_is_settled()
            if self.delivery_state in WAITING:
                return  # one of several behind that address has a full mailbox; it waits for another cause
            # sending again would mail all of them twice but one
        self._take_final_bounce(failure, is_own or is_returned)

    def _take_final_bounce(self, failure, is_own, **told):
        """It came back, and no other attempt will help; `told` is what else is known of the event."""
        mailing, email = self.mass_mailing_id, self.email
        if waits := self.delivery_state in WAITING:
            mailing._lock()
        if failure.severity is not Severity.HARD and self.trace_status in HAS_GOT_IT:
            return
        is_known = self.trace_status in ("bounce", "error") and self.bounce_severity in (failure.severity, "hard")
        if not is_known:
            self._write_bounce(failure, not waits or self._end_waiting())
        if waits:
            mailing._finish_if_settled()
        new = self._record_failure(failure, **told) if is_own else False
        if new and failure.severity is Severity.HARD:
            self.env["mail.thread"]._count_bounce_on_records(email)

    def _end_waiting(self):
        """Take it out of the queue; whether no lane is sending it at this moment."""
        self.env.cr.execute("DELETE FROM mailing_queue WHERE trace_id = %s AND claimed_by IS NULL", [self.id])
        return self.delivery_state != "sending"

    def _write_bounce(self, failure, is_settled):
        """For stock a bounce is what blames the address; its own queue calls everything one."""
        is_bounce = failure.severity is Severity.HARD or not self.delivery_state
        # the server's words alone: the reason in plain ones is a field, which everybody reads in their own language
        words = self._words_of(failure)
        if is_bounce:
            self.set_bounced(bounce_message=words)
        else:
            self.write({"trace_status": "error", "failure_type": "mail_bounce", "failure_reason": words})
        values = {"bounce_severity": failure.severity.value, "bounce_reason": failure.reason.value, "smtp_reply": words}
        # who is just being sent to is settled by the lane, which keeps a bounce
        self.write(values | ({"delivery_state": "failed"} if self.delivery_state and is_settled else {}))

    def _words_of(self, failure):
        status, words = failure.enhanced_status_code, failure.diagnostic
        return words if status in words else f"{status} {words}".strip()

    def _record_failure(self, failure, source="report", **told):
        """Keep it in the ledger; the event, if it is new."""
        # a lane counts the attempt when it writes down what it sent
        attempt = (self.attempt_count or 0) + (self.delivery_state == "sending")
        return self.env["mailing.bounce"]._record(
            [
                self._event(
                    severity=failure.severity.value,
                    reason=failure.reason.value,
                    enhanced_status_code=failure.enhanced_status_code,
                    smtp_reply_code=failure.smtp_reply_code,
                    diagnostic=failure.diagnostic,
                    source=source,
                    **told,
                    event_key=self.env["mailing.bounce"]._key_of(self.id, attempt, failure.severity.value),
                )
            ]
        )

    def _take_complaint(self, feedback_type):
        """Its reader called it spam: never mail that address again."""
        if feedback_type in NO_COMPLAINTS:
            return
        event = self._event(diagnostic=feedback_type, source="complaint", event_key=f"complaint:{self.id}")
        if self.env["mailing.bounce"]._record([event]):
            self.mass_mailing_id._opt_out_who_complained(self.email)

    def _take_drop(self, failure_type):
        """A mail provider took it, and did not even try: they had complained, or left, at the provider before."""
        self._check_is_settled()
        if self.trace_status == "sent":
            state = {"delivery_state": "excluded"} if self.delivery_state else {}
            self.write(state | {"trace_status": "cancel", "failure_type": failure_type, "sent_datetime": False})

    def _event(self, **values):
        return {"email": self.email, "trace_id": self.id, "mailing_id": self.mass_mailing_id.id, **values}
