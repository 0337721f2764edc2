"""Refusals while sending, kept in the ledger of bounces."""

from odoo import models

from ...core.bounces import judge


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _record_bounces(self, results, failures):
        """Record the refusals that say something of the address or of us.

        :param failures: rows of trace, address, mailing, severity, reason and attempt
        """
        blaming = [failure for failure in failures if failure[3]]
        if not blaming:
            return
        replies = {row["trace_id"]: outcome.reply for row, outcome in results}
        self.env["mailing.bounce"]._record([self._bounce(*failure, replies[failure[0]]) for failure in blaming])

    def _bounce(self, trace_id, email, mailing_id, severity, reason, attempt, reply):
        return {
            "email": email,
            "trace_id": trace_id,
            "mailing_id": mailing_id,
            "severity": severity,
            "reason": reason,
            "enhanced_status_code": reply.enhanced if reply else "",
            "smtp_reply_code": str(reply.code) if reply else "",
            "diagnostic": reply.text if reply else "",
            "source": "smtp",
            "event_key": self.env["mailing.bounce"]._key_of(trace_id, attempt, severity),
        }

    def _bounce_reason(self, outcome):
        """Why it was refused, by the rules by which reports are read."""
        if not outcome.reply or outcome.reply.is_positive:
            return None
        reply = outcome.reply
        return judge(reply.enhanced, reply.code, reply.text, outcome.stage.command)[1].value
