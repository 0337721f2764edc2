"""Who the recipients are: their names and languages, read for a whole batch at once."""

from typing import NamedTuple

from odoo import models
from odoo.tools.mail import email_split_tuples

# whose `name` is a person's or a company's; that of other models (a lead, a task) is the title of something
_MODELS_NAMED_AS_PEOPLE = ("res.partner", "res.users", "mailing.contact", "event.registration")
_NAME_FIELDS = ("contact_name", "partner_name")
_ADDRESS_FIELDS = ("email", "email_from", "partner_email")


class Person(NamedTuple):
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
        names = _first_of_each(records, fields)
        if all(names):
            return names
        addresses = [field for field in _ADDRESS_FIELDS if field in records and records._fields[field].type == "char"]
        written = _first_of_each(records, addresses, _written_name)
        return [name or name_before_address for name, name_before_address in zip(names, written, strict=True)]


def _first_of_each(records, fields, shown=lambda value: value):
    """For each record the first of the fields that shows anything."""
    columns = [map(shown, records.mapped(field)) for field in fields if field in records]
    if not columns:
        return [""] * len(records)
    return [next(filter(None, values), "") for values in zip(*columns, strict=True)]


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
