"""Addresses that somebody is typing: in a form of the website, in a chat."""

from odoo import api, models
from odoo.tools import email_normalize

from ..core.validity import DomainAnswer, domain_of, judge, objection

PATIENCE_SECONDS = 2.0


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    @api.model
    def _objection(self, typed, is_confirmed=False):
        """Why what a visitor typed is not taken as an address, in their language; "" where it is.

        `is_confirmed`: they have been asked whether they mean it. Writes nothing, and takes two seconds at the most.
        """
        email = (email_normalize(typed) if "<" in typed else None) or typed.strip()
        text = objection(email, judge(email, self._answer_now(email)), is_confirmed)
        return self.env["mailing.mailing"]._translate(text) if text else ""

    def _answer_now(self, email):
        domains = self.env["mailing.recipient.domain"].sudo()  # a visitor may read none of this
        name = domain_of(email)
        if not name:
            return DomainAnswer.NO_ANSWER
        return domains._known([name]).get(name) or domains._dns(patience=PATIENCE_SECONDS).ask(name)
