"""Mails that come to a return-path of one recipient are about the mail that it was made for, whatever they hold."""

from odoo import api, models

from ..core.return_paths import came_to, head_of


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        # nothing that comes there becomes a record
        return super()._detect_is_bounce(message, message_dict) or bool(self._returned_trace(message))

    @api.model
    def _returned_trace_of(self, raw):
        """The same of a mail that nobody has parsed yet."""
        return self._returned_trace(head_of(raw))

    @api.model
    def _returned_trace(self, message):
        """The trace whose return-path a mail came to, no record where it came to none."""
        # the command bulk_bounces knows the envelope itself
        recipients = self.env.context.get("bulk_mailing_recipients", ())
        return self.env["mailing.mailing"]._trace_of_return_path([*recipients, *came_to(message)])
