"""An address that comes back, by hand, by an import or by RPC: blocked again if it was deleted while it was blocked."""

from odoo import models


class MailThreadBlacklist(models.AbstractModel):
    _inherit = "mail.thread.blacklist"

    def _compute_email_normalized(self):
        # every way to change an address ends here
        super()._compute_email_normalized()
        saved = self.filtered(lambda record: isinstance(record.id, int))  # not those that are only being filled in
        emails = saved.mapped("email_normalized")
        self.env["mailing.address.deleted"]._block_again(emails)
        self.env["mailing.address"]._stand_again(emails)
