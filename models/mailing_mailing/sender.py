"""Which From address a new mailing begins with."""

from odoo import api, models
from odoo.tools import email_normalize, formataddr
from odoo.tools.mail import email_split_tuples


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.depends("send_engine")
    def _compute_email_from(self):
        """S7, S8: a mailbox's own address wins, then the company's default; what a person chose stays."""
        untouched = self.filtered(lambda mailing: mailing._uses_queue() and not mailing.email_from)
        super()._compute_email_from()
        for mailing in self.filtered(lambda mailing: mailing._uses_queue()):
            server = mailing.mail_server_id
            if mailing in untouched or not server._match_from_filter(mailing.email_from, server.from_filter):
                mailing.email_from = mailing._preferred_from() or mailing.email_from

    def _preferred_from(self):
        """The address of the server's own mailbox, or the company's default where the server sends for it."""
        company, server = self._bulk_company(), self.mail_server_id
        default_from = company.bulk_default_from
        mailbox = next(filter(None, map(email_normalize, (server.from_filter or "").split(","))), "")
        if mailbox:
            named = email_split_tuples(default_from)
            return formataddr((named[0][0] if named and named[0][0] else company.name, mailbox))
        return default_from if server._match_from_filter(default_from, server.from_filter) else False
