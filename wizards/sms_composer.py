"""The composer of text messages, which texts many at once in the name of a mailing."""

from odoo import models


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    def _action_send_sms(self):
        # as the composer of mails: stock asks for no right
        if any(composer.composition_mode == "mass" and composer.mailing_id for composer in self):
            self.env["mailing.mailing"]._check_may_send()
        return super()._action_send_sms()
