"""Who the recipients are: their names and languages, read for a whole batch at once."""

from dataclasses import dataclass

from odoo import models
from odoo.tools.mail import email_split_tuples

# whose `name` is a person's or a company's; that of other models (a lead, a task) is the title of something
_MODELS_NAMED_AS_PEOPLE = ("res.partner", "res.users", "mailing.contact", "event.registration")
_NAME_FIELDS = ("contact_name", "partner_name")
_ADDRESS_FIELDS = ("email", "email_from", "partner_email")


@dataclass(frozen=True)
class Person:
    """A record's names, one for any address and some for certain ones, and its language."""

    name: str
    names_by_address: dict
    lang: str

    def name_at(self, email):
        return self.names_by_address.get(email.lower()) or self.name if self.names_by_address else self.name


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_records(self, res_ids):
        """The records with the rights of the person who sends."""
        records = self.env[self.mailing_model_real].with_user(self.sender_user_id or self.env.user)
        return records.browse(res_ids)

    def _content_people(self, res_ids):
        """For the id of each record that still exists, the person, as stock finds name and language."""
        # sudo: the address was chosen at enqueue with the sender's rights; its owner's name and language go along
        records = self._content_records(res_ids).sudo().exists()
        partners, names = records._mail_get_partners(), self._content_names(records)
        return {res_id: _person(name, partners[res_id]) for res_id, name in zip(records.ids, names, strict=True)}

    def _content_names(self, records):
        """The names that the records themselves have."""
        fields = [*_NAME_FIELDS, "name"] if records._name in _MODELS_NAMED_AS_PEOPLE else _NAME_FIELDS
        columns = [records.mapped(field) for field in fields if field in records]
        columns += [
            [_written_name(address) for address in records.mapped(field)]
            for field in _ADDRESS_FIELDS
            if field in records and records._fields[field].type == "char"
        ]
        return [next(filter(None, names), "") for names in zip(*columns, strict=True)] or [""] * len(records)


def _written_name(address):
    """The name before an address in angle brackets."""
    if "<" not in (address or ""):
        return ""
    return next((name for name, _address in email_split_tuples(address) if name), "")


def _person(name, partners):
    if not partners:
        return Person(name, {}, "")
    names = {partner.email_normalized: partner.name for partner in partners if partner.email_normalized}
    return Person(name, names, partners[:1].lang or "")
