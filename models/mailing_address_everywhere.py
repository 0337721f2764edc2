"""Changing an address on every record that carries it, as far as the person may."""

from collections import Counter
from functools import partial

import psycopg2

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import email_split_tuples, formataddr

from .mailing_mailing.address_columns import watched_field

# an old address in the log of changes would have survived its own deletion
UNTRACKED = {"tracking_disable": True, "mail_notrack": True}


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def _carriers(self):
        """`{model: number of records that carry one of these}`, also of records that the person may not see."""
        # sudo: how many are left is told, not which
        counts = {model._name: model.sudo().search_count(domain) for model, domain in self._where_carried()}
        return Counter({name: count for name, count in counts.items() if count})

    def _where_carried(self):
        """Models, people first, with the domain of the records that carry one of these."""
        elsewhere = self._elsewhere()
        known = Domain("email_normalized", "in", list(self._spelled()))
        for model in self._models_with_addresses():
            yield model, known | Domain("id", "in", list(elsewhere.pop(model._name, ())))
        for name, written in elsewhere.items():
            yield self.env[name].with_context(active_test=False), Domain("id", "in", list(written))

    def _in_use(self):
        """Those that a record carries, or to which a mailing is on its way."""
        spellings = list(self._spelled())
        # sudo: whether anybody has it is told, not who
        groups = [
            model.sudo()._read_group([("email_normalized", "in", spellings)], ["email_normalized"])
            for model in self._models_with_addresses()
        ]
        groups.append(self.env["mailing.queue"].sudo()._read_group([("email", "in", spellings)], ["email"]))
        used = {email for found in groups for [email] in found}
        used.update(*(emails for written in self._elsewhere().values() for emails in written.values()))
        return self.filtered(lambda address: used & {address.email, address.other_spelling})

    def _writable_carriers(self):
        """Records that the person may change, a recordset for each model; archived ones too."""
        for model, domain in self._where_carried():
            if model.has_access("read") and model.has_access("write"):
                yield model.search(domain)._filtered_access("write")

    def _replace_everywhere(self, new=""):
        """Write `new`, or nothing, in the place of these addresses; how many records changed and were kept, by model.

        What a record's own rules forbid stays as it is, and is among those kept.
        """
        before = self._carriers()
        for records in self._writable_carriers():
            self._replace_on(records, new)
            self._rename(records, new)
        kept = self._carriers()
        return before - kept, kept

    def _replace_on(self, records, new):
        """In each field of these records that has one of the addresses, and that the person may write."""
        spelled, own = self._spelled(), set(self.mapped("email"))
        if known := watched_field(records):
            self._replace_in(known, records.filtered(lambda record: record.email_normalized in spelled), new)
        for field in self._other_fields_of(records):
            if records._has_field_access(records._fields[field], "write"):
                having = partial(self._has_one, own, field)
                self._replace_in(field, records.filtered(having), new)

    def _has_one(self, own, field, record):
        return any(self._key(email) in own for _name, email in email_split_tuples(record[field]))

    def _replace_in(self, field, records, new):
        own = set(self.mapped("email"))
        texts = records.grouped(lambda record: self._replaced(record[field], own, new))
        for text, alike in texts.items():
            self._write_on(alike, {field: text})

    def _rename(self, records, new):
        """Odoo calls people by their address where it knows no name."""
        name, spelled = records._rec_name, self._spelled()
        if name and name != watched_field(records):
            called = records.filtered(lambda record: str(record[name] or "").strip().lower() in spelled)
            self._write_on(called, {name: new or self.env._("Deleted address")})

    def _write_on(self, records, values):
        """All at once; where a rule forbids it for some, one half and the other."""
        try:
            with self.env.cr.savepoint():
                records.with_context(**UNTRACKED).write(values)
        except (UserError, psycopg2.IntegrityError):
            # a rule of that model; also a lead that would change a contact which the person may not change
            records.invalidate_recordset()
            if half := len(records) // 2:
                self._write_on(records[:half], values)
                self._write_on(records[half:], values)

    def _replaced(self, written, own, new):
        """The text of a field that may hold names and several addresses, with `new` for our own."""
        pairs = [(name, new if self._key(email) in own else email) for name, email in email_split_tuples(written)]
        texts = [formataddr((name, email)) for name, email in pairs if email]
        return ", ".join(texts) or new or False

    def _in_words(self, counts):
        """`{"res.partner": 2}` as "Contact: 2"; "" for none."""
        labels = ((self.env["ir.model"]._get(name).sudo().name, count) for name, count in counts.items() if count)
        return ", ".join(f"{label}: {count}" for label, count in labels)
