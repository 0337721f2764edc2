"""Mails that come to a return-path of one recipient are about the mail that it was made for, whatever they hold."""

from odoo import api, models
from odoo.tools import email_split

# where mail servers note the envelope's recipient: Postfix, then qmail and Courier, then Exim, then fetchmail's hosts
_ENVELOPE_HEADERS = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        return super()._detect_is_bounce(message, message_dict) or bool(self._returned_trace(message, message_dict))

    @api.model
    def _message_parse_extract_bounce(self, email_message, message_dict):
        """Many reports do not name the mail that they are about, or the address that it was sent to."""
        bounce = super()._message_parse_extract_bounce(email_message, message_dict)
        trace = self._returned_trace(email_message, message_dict) if bounce["is_bounce"] else None
        if trace and trace.message_id:
            bounce["bounced_msg_ids"] = [trace.message_id]
            bounce["bounced_email"] = trace.email
        return bounce

    def _returned_trace(self, message, message_dict):
        headers = [value for name in _ENVELOPE_HEADERS for value in message.get_all(name, [])]
        addresses = email_split(",".join([message_dict.get("recipients") or "", *map(str, headers)]))
        return self.env["mailing.mailing"]._trace_of_return_path(addresses)
