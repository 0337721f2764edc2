"""Telephone numbers of contacts, leads and mailing contacts that cannot exist in the country's numbering plan."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..core.validity import read_phone


class MailThreadPhone(models.AbstractModel):
    _inherit = "mail.thread.phone"

    phone_problem = fields.Char(
        "Problem with the phone number",
        compute="_compute_phone_problem",
        search="_search_phone_problem",
        groups="base.group_user",
    )

    @api.depends(lambda self: self._phone_get_sanitize_triggers())
    @api.depends_context("lang")
    def _compute_phone_problem(self):
        countries = self._phone_get_country()
        for record in self:
            country = countries.get(record.id) or record.env.company.country_id
            numbers = [record[name] for name in record._phone_get_number_fields() if record[name]]
            sentences = (record._phone_sentence(number, country) for number in numbers)
            record.phone_problem = next(filter(None, sentences), False)

    def _phone_sentence(self, number, country):
        """What is wrong with a number, "" where it may exist, or where nobody knows the country it is of."""
        is_international = number.strip().startswith(("+", "00"))
        if not (country or is_international) or read_phone(number, country.code or "").is_valid:
            return ""
        if is_international:
            return self.env._("“%(number)s” is not a phone number that can exist.", number=number)
        return self.env._(
            "“%(number)s” is not a phone number that can exist in %(country)s.", number=number, country=country.name
        )

    def _search_phone_problem(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        # Odoo keeps a clean number where one can exist
        filled_in = Domain.OR(Domain(name, "!=", False) for name in self._phone_get_number_fields())
        has_problem = filled_in & Domain("phone_sanitized", "=", False)
        return has_problem if operator == "not in" else ~has_problem
