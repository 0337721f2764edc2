"""Contacts, leads and mailing contacts: an address that is new or changed is noted, to be checked in the background."""

from odoo import models


class MailThreadBlacklist(models.AbstractModel):
    _inherit = "mail.thread.blacklist"

    def _compute_email_normalized(self):
        # every way to change an address ends here: forms, imports, RPC, and an address that is itself computed
        super()._compute_email_normalized()
        saved = self.filtered(lambda record: isinstance(record.id, int))  # not those that are only being filled in
        if saved and self.env["mailing.address"]._check_days():
            self.env["mailing.address.noted"]._note(record.email_normalized for record in saved)
