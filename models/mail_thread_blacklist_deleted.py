"""An address that comes back, by hand, by an import or by RPC: if it was deleted while blocked, it is blocked again."""

from odoo import models


class MailThreadBlacklist(models.AbstractModel):
    _inherit = "mail.thread.blacklist"

    def _compute_email_normalized(self):
        # every way to change an address ends here
        super()._compute_email_normalized()
        saved = self.filtered(lambda record: isinstance(record.id, int))  # not those that are only being filled in
        self.env["mailing.address.deleted"]._block_again(saved.mapped("email_normalized"))
