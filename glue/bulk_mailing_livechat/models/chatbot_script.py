"""A script's question for an address."""

from odoo import models


class ChatbotScript(models.Model):
    _inherit = "chatbot.script"

    def _validate_email(self, email_address, discuss_channel):
        result = super()._validate_email(email_address, discuss_channel)
        return discuss_channel._validated(result, email_address, self)
