"""Who bounced, told by the address that the bounce comes to: a return-path for each recipient."""

from odoo import api, models

from ...core import return_paths
from ...core.addresses import BadAddress, to_ascii


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _return_paths(self, envelope):
        """The function that gives each trace its own return-path; None where all share the envelope sender.

        Only our bounce address is extended, as it is Odoo that reads what comes there; and only where the outgoing
        server may send for the result.
        """
        self.ensure_one()
        if not self._bulk_company().sudo().bulk_own_return_paths or not self._is_bounce_address(envelope.sender):
            return None
        servers = self.env["ir.mail_server"].sudo()
        server = servers.browse(envelope.mail_server_id or [])
        own = return_paths.return_paths(self._token_key(), envelope.sender)
        from_filter = server.from_filter if server else servers._get_default_from_filter()
        return own if servers._match_from_filter(own(0), from_filter) else None

    def _is_bounce_address(self, address):
        bounce_address = self._alias_domain().bounce_email or self._bulk_company().sudo().bounce_email
        try:
            is_ours = bool(bounce_address) and to_ascii(bounce_address) == address
        except BadAddress:
            return False
        return is_ours and return_paths.can_be_extended(address)

    @api.model
    def _trace_of_return_path(self, addresses):
        """The trace whose return-path is among the addresses: no record where there is none."""
        key = self._token_key()
        found = (return_paths.trace_of(key, address) for address in addresses)
        # sudo: the signature is the right; a mail gateway's user has none on mailings
        return self.env["mailing.trace"].sudo().browse(next(filter(None, found), None) or []).exists()
