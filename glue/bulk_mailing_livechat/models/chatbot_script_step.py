"""A script goes on only with an address that mail can reach."""

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext


class ChatbotScriptStep(models.Model):
    _inherit = "chatbot.script.step"

    def _process_answer(self, discuss_channel, message_body):
        if self.step_type == "question_email":
            sentence = discuss_channel._objection_to_email(html2plaintext(message_body), self.chatbot_script_id)
            if sentence:
                # as stock does with what is no address: the script stays where it is
                raise ValidationError(sentence)
        return super()._process_answer(discuss_channel, message_body)
