"""Addresses that somebody is typing: in a form of the website, in a chat."""

from odoo import api, models
from odoo.tools import email_normalize

from ..core.validity import DomainAnswer, domain_of, judge, objection

PATIENCE_SECONDS = 2.0
LONGEST = 500  # a name and an address: to take a megabyte of brackets apart takes seconds


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    @api.model
    def _objections(self, typed, confirmed=()):
        """`{text: why}` of what a visitor typed and is not taken as an address, in their language.

        `confirmed`: they have been asked whether they mean it. Takes two seconds at the most, for all together.
        """
        emails = {text: self._email_in(text) for text in typed}
        names = {email: domain_of(email) for email in emails.values()}
        answers = self.env["mailing.recipient.domain"]._answers_now(set(names.values()) - {""}, PATIENCE_SECONDS)
        found = {
            text: objection(email, judge(email, answers.get(names[email], DomainAnswer.NO_ANSWER)), text in confirmed)
            for text, email in emails.items()
        }
        return {text: self.env["mailing.mailing"]._translate(why) for text, why in found.items() if why}

    def _email_in(self, typed):
        has_name = "<" in typed and len(typed) <= LONGEST
        return (email_normalize(typed) if has_name else None) or typed.strip()
