"""Addresses that a visitor gives in a chat."""

from odoo import models
from odoo.tools import email_normalize, html2plaintext, plaintext2html

from odoo.addons.bulk_mailing.models.mailing_address_typed import LONGEST


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _chatbot_validate_email(self, email_address, chatbot_script):
        result = super()._chatbot_validate_email(email_address, chatbot_script)
        return self._validated(result, email_address, chatbot_script)

    def _validated(self, result, email_address, chatbot_script):
        """Stock's verdict on the spelling, and ours on what stock lets pass; the robot tells what is wrong."""
        sentence = result["success"] and self._objection_to_email(html2plaintext(email_address), chatbot_script)
        if not sentence:
            return result
        message = self._chatbot_post_message(chatbot_script, plaintext2html(sentence))
        return {"success": False, "posted_message": message, "error_message": sentence}

    def _objection_to_email(self, typed, chatbot_script):
        """Why an address is not taken, or ""; whoever types the same a second time means it."""
        is_meant = self._visitor_said(chatbot_script).count(typed.strip()) > 1
        email = self._email_in_sentence(typed) or typed
        return self.env["mailing.address"]._objections([email], [email] if is_meant else []).get(email, "")

    def _email_in_sentence(self, typed):
        """The address that stock, too, reads in "my address is …"; of two words the space may be the slip."""
        words = typed.lower().split() if len(typed) <= LONGEST else []
        email = email_normalize(typed) if len(words) > 2 else ""
        return email if email in words else ""

    def _visitor_said(self, chatbot_script):
        # sudo: what the visitor has typed in their own chat, as stock's controllers read it
        messages = self.env["mail.message"].sudo()
        domain = [
            ("model", "=", "discuss.channel"),
            ("res_id", "=", self.id),
            ("author_id", "!=", chatbot_script.sudo().operator_partner_id.id),
        ]
        bodies = messages.search(domain, order="id desc", limit=10).mapped("body")
        return [html2plaintext(body).strip() for body in bodies]
