"""Recipients of whom nobody knows whether they got the mail: a person decides."""

from odoo import fields, models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    in_doubt_count = fields.Integer(
        "In doubt",
        compute="_compute_delivery_counts",
        help="The connection broke after the mail was handed over: it may have arrived.",
    )

    def action_resend_in_doubt(self):
        """Send again to everybody in doubt; who has got it unseen gets it twice."""
        self._check_may_send()
        for mailing in self.sudo():
            mailing._end_doubts()
            count = mailing._send_again("in_doubt")
            mailing._record_event("sent_again", count)
            mailing._message_log(body=self.env._("Sent again to %(count)d recipients in doubt.", count=count))
        return True

    def action_count_in_doubt_as_sent(self):
        """Take it that everybody in doubt has got it."""
        self._check_may_send()
        for mailing in self.sudo():
            mailing._end_doubts()
            traces = mailing._traces_in("in_doubt")
            traces.set_sent()
            traces.delivery_state = "sent"
            mailing._record_event("counted_as_sent", len(traces))
            mailing._message_log(body=self.env._("Counted %(count)d in doubt as sent.", count=len(traces)))
            mailing._tell_progress()
        return True

    def _end_doubts(self):
        """Who opened or answered a mail in doubt has got it; and one that bounced was sent."""
        known = self._traces_in("in_doubt").filtered(lambda trace: trace.trace_status in ("open", "reply", "bounce"))
        known.write({"delivery_state": "sent", "sent_datetime": fields.Datetime.now()})
