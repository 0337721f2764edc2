"""Who the recipients are: their names and languages, read for a whole batch at once."""

from typing import NamedTuple

from odoo import models
from odoo.tools.mail import email_split_tuples

# whose `name` is a person's or a company's; that of other models (a lead, a task) is the title of something
_MODELS_NAMED_AS_PEOPLE = ("res.partner", "res.users", "mailing.contact", "event.registration")
PERSON_FIELDS = ("contact_name", "partner_name")
_ADDRESS_FIELDS = ("email", "email_from", "partner_email")
_PARTNER_FIELDS = ("name", "email_normalized", "lang")


class Person(NamedTuple):
    """A record's names, one for any address and some for certain ones, and its language."""

    name: str
    names_by_address: dict
    lang: str

    def name_at(self, email):
        return self.names_by_address.get(email.lower()) or self.name if self.names_by_address else self.name


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_model(self):
        """The recipients' model with the rights by which placeholders are filled in."""
        return self.env[self.mailing_model_real].with_user(self._content_user())

    def _content_user(self):
        """Who sends; but who only looks at a mail sees what they may read."""
        return self.env.user if self.env.context.get("bulk_mailing_sample") else self.sender_user_id or self.env.user


def people(model, res_ids):
    """For the id of each record that still exists, the person, as stock finds name and language."""
    # sudo: the address was chosen at enqueue with the sender's rights; its owner's name and language go along
    model = model.sudo()
    name_fields, address_fields = _name_fields(model), _address_fields(model)
    # no other fields: a contact has a hundred
    fields = [*name_fields, *address_fields, *model._mail_get_partner_fields()]
    found = model.with_context(active_test=False).search_fetch([("id", "in", res_ids)], fields, order="id")
    records = found.with_env(model.env)
    partners = records._mail_get_partners()
    records.env["res.partner"].concat(*partners.values()).fetch(_PARTNER_FIELDS)
    names = _names(records, name_fields, address_fields)
    return {res_id: _person(name, partners[res_id]) for res_id, name in zip(records.ids, names, strict=True)}


def _name_fields(model):
    fields = [*PERSON_FIELDS, "name"] if model._name in _MODELS_NAMED_AS_PEOPLE else PERSON_FIELDS
    return [field for field in fields if field in model]


def _address_fields(model):
    return [field for field in _ADDRESS_FIELDS if field in model and model._fields[field].type == "char"]


def _names(records, name_fields, address_fields):
    """The names that the records themselves have."""
    names = _first_of_each(records, name_fields)
    if all(names):
        return names
    written = _first_of_each(records, address_fields, _written_name)
    return [name or name_before_address for name, name_before_address in zip(names, written, strict=True)]


def _first_of_each(records, fields, shown=lambda value: value):
    """For each record the first of the fields that shows anything."""
    columns = [map(shown, records.mapped(field)) for field in fields]
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
