"""Addresses in other fields than the one that Odoo's blacklist knows: a registration's, or a second one."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..adapters.postgres import array
from .mailing_mailing.address_columns import address_fields, own_field, watched_field

# a text that is more than one plain address: with names, or several
_NOT_PLAIN = r'[[:space:]<>,;:"()]'
_ADDRESSES = r'[^[:space:]<>,;:"()]+@[^[:space:]<>,;:"()]+'


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    @api.model
    def _other_fields(self):
        """`{model: field names}` that mailings can be sent to, and that no `email_normalized` is kept of."""
        return {
            name: names
            for name, model in self.env.items()
            if getattr(model, "_mailing_enabled", False) and model._auto and not model._abstract
            if (names := self._other_fields_of(model))
        }

    def _other_fields_of(self, model):
        # sudo: which fields there are is no secret
        names = dict.fromkeys([own_field(model), *address_fields(model.sudo())])
        fields_ = (model._fields[name] for name in names if name not in (None, watched_field(model)))
        return [field.name for field in fields_ if field.type == "char" and not field.company_dependent]

    def _elsewhere(self):
        """`{model: {record id: spellings}}` of what is written in other fields, whoever may see it."""
        found = {}
        for name, fields_ in self._other_fields().items():
            written = defaultdict(set)
            for field in fields_:
                for record_id, email in self.env.execute_query(self._written_query(self.env[name], field)):
                    written[record_id].add(email)
            if written:
                found[name] = written
        return found

    def _written_query(self, model, field):
        """SQL of (record id, spelling): one look at the table, however many addresses."""
        return SQL(
            """
            WITH written AS (
                SELECT id, lower(btrim(%(column)s)) AS text FROM %(table)s WHERE %(column)s LIKE '%%@%%'
            )
            SELECT id, text FROM written WHERE text = ANY(%(emails)s::text[])
            UNION SELECT id, parts[1] FROM written, regexp_matches(text, %(addresses)s, 'g') AS found(parts)
            WHERE text ~ %(not_plain)s AND parts[1] = ANY(%(emails)s::text[])
            """,
            column=SQL.identifier(field, to_flush=model._fields[field]),
            table=SQL.identifier(model._table),
            emails=array(self._spelled()),
            addresses=_ADDRESSES,
            not_plain=_NOT_PLAIN,
        )
