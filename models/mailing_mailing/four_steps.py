"""The way into the four steps."""

from odoo import models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def action_open_send(self):
        """Open the four steps where the user left them; what was chosen before is on the mailing."""
        self.ensure_one()
        wizard = self.env["mailing.send"].create({"mailing_id": self.id})
        wizard._resume()
        return wizard._reopen()

    def _open_send_at(self, step):
        """Open the four steps at one that comes after the terms, if those are accepted."""
        action = self.action_open_send()
        wizard = self.env["mailing.send"].browse(action["res_id"])
        if wizard.step != "terms":
            wizard.step = step
        return action
