"""The signature of the domain that sends."""

import time

from odoo import models
from odoo.tools.mail import email_split_tuples

from ...core import dkim
from ...core.addresses import BadAddress, domain_to_ascii


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _signer(self):
        """A function that signs a complete message (CRLF, not dot-stuffed), made once a slice; None without key."""
        self.ensure_one()
        keys = self._signing_keys()._prepared()
        if not keys:
            return None
        return lambda message: dkim.sign(message, keys, int(time.time()))

    def _signing_keys(self):
        """The keys that may sign for the From as the outgoing server lets it be."""
        address = next((address for _name, address in email_split_tuples(self._content_from())), "")
        try:
            domain = domain_to_ascii(address.rpartition("@")[2])
        except BadAddress:  # no sender: the way out says so
            return self.env["mailing.dkim.key"]
        return self.env["mailing.dkim.key"]._find_for(domain)

    def _signing_domain(self):
        """The domain that signs, or nothing."""
        return self._signing_keys()[:1].domain or ""
