"""The signature of the domain that sends."""

from odoo import models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _signer(self):
        """A function that signs a complete message (CRLF, not dot-stuffed), made once a slice; None without key."""
        self.ensure_one()
        return None
