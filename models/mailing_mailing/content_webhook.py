"""What a mail provider needs in a mail, to name it when it comes back."""

from odoo import models

from ...core.content import Template, Token
from ...core.content.links import TRACE_ID
from ...core.webhooks import TRACE_HEADER, Postmark


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_headers(self, subject, addresses, pages):
        """With a number for Postmark, which makes Message-IDs anew and takes such headers off."""
        headers = super()._content_headers(subject, addresses, pages)
        if not self.env["mailing.webhook"]._hears(Postmark.name):
            return headers
        return (*headers, Token(TRACE_HEADER, Template([TRACE_ID])))
