"""The composer, which mails many at once in the name of a mailing."""

from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        # stock asks for no right: whoever can name a mailing could mail its audience past the four steps
        if any(composer._is_for_a_mailing() for composer in self):
            self.env["mailing.mailing"]._check_may_send()
        return super()._action_send_mail(auto_commit=auto_commit)

    def _is_for_a_mailing(self):
        return self.composition_mode == "mass_mail" and bool(self.mass_mailing_id or self.mass_mailing_name)
