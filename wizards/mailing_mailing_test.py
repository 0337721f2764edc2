"""Test mails: who may not send to the world may still show a mailing to colleagues."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize, email_split


class MailingMailingTest(models.TransientModel):
    _inherit = "mailing.mailing.test"

    def send_mail_test(self):
        # stock mails any address that is written here, as many as there are
        if not self.env["mailing.mailing"]._may_send():
            self._check_only_colleagues()
        return super().send_mail_test()

    def _check_only_colleagues(self):
        """Raise unless every address is one of an internal user."""
        written = [found[0] for line in self.email_to.splitlines() if (found := email_split(line))]
        wanted = {email_normalize(address, strict=False) or address for address in written}
        # sudo: who works here is no secret to a colleague; only addresses are compared
        users = self.env["res.users"].sudo().search([("share", "=", False), ("email_normalized", "in", list(wanted))])
        strangers = wanted - set(users.mapped("email_normalized"))
        if strangers:
            raise AccessError(
                self.env._(
                    "You may send test mails to colleagues. No colleague has the address %(addresses)s.",
                    addresses=", ".join(sorted(strangers)),
                )
            )
