"""What differs between recipients, read for a whole batch at once."""

from datetime import UTC, datetime
from email.utils import format_datetime

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import email_split_tuples

from ...core.content import NotCompilable
from ...core.text import _

# whose `name` is a person's or a company's; that of other models (a lead, a task) is the title of something
_MODELS_NAMED_AS_PEOPLE = ("res.partner", "res.users", "mailing.contact", "event.registration")
_NAME_FIELDS = ("contact_name", "partner_name")
_ADDRESS_FIELDS = ("email", "email_from", "partner_email")
# these are shown as t-out shows them; others (HTML, images, properties, relations to many) need Odoo's renderer
_PLAIN_TYPES = ("char", "text", "selection", "integer", "float", "monetary", "date", "datetime", "boolean", "many2one")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _recipient_values(self, rows):
        """What is known of each recipient without the placeholders: a dict of hole names and texts per trace id."""
        date = format_datetime(datetime.now(UTC))
        links = self._recipient_links(rows)
        # sudo: the address was chosen at enqueue with the sender's rights; its owner's name and language go along
        records = self._content_records([row["res_id"] for row in rows]).sudo()
        found = self._content_people(records.exists())
        return {row["trace_id"]: self._values_of(row, links[row["trace_id"]], found, date) for row in rows}

    def _values_of(self, row, links, found, date):
        if row["res_id"] not in found:
            return UserError(self.env._("The record was deleted before its mail was sent."))
        mailto = links["unsubscribe_mailto"]
        names, lang = found[row["res_id"]]
        return {
            **{f"recipient.{name}": value for name, value in links.items()},
            "recipient.unsubscribe_mailto": f"mailto:{mailto}" if mailto else "",
            "recipient.trace_id": str(row["trace_id"]),
            "recipient.res_id": str(row["res_id"]),
            "recipient.message_id": row["message_id"],
            "recipient.email": row["email"],
            "recipient.name": names.get(row["email"].lower()) or names[""],
            "recipient.lang": lang,
            "date": date,
        }

    def _content_records(self, res_ids):
        """The records with the rights of the person who sends."""
        records = self.env[self.mailing_model_real].with_user(self.sender_user_id or self.env.user)
        return records.browse(res_ids)

    def _content_people(self, records):
        """For each record: names by address (under "" the one for any address), and language, as stock finds them."""
        partners = records._mail_get_partners()
        return {
            record.id: (self._content_names(record, partners[record.id]), partners[record.id][:1].lang or "")
            for record in records
        }

    def _content_names(self, record, partners):
        names = {partner.email_normalized: partner.name for partner in partners if partner.email_normalized}
        fields = [*_NAME_FIELDS, "name"] if record._name in _MODELS_NAMED_AS_PEOPLE else _NAME_FIELDS
        own = [record[field] for field in fields if field in record and record[field]]
        written = [
            name
            for field in _ADDRESS_FIELDS
            if field in record and record._fields[field].type == "char" and "<" in (record[field] or "")
            for name, _address in email_split_tuples(record[field])
        ]
        return {**names, "": next(filter(None, own + written), "")}

    def _add_object_values(self, rows, values, names):
        """Add the placeholders' values; a row that may not be read gets its exception instead."""
        paths = [name.split(".")[1:] for name in names if name.startswith("object.")]
        if not paths:
            return
        readable = [row for row in rows if not isinstance(values[row["trace_id"]], Exception)]
        by_language = {}
        for row in readable:
            by_language.setdefault(values[row["trace_id"]]["recipient.lang"], []).append(row)
        for lang, some_rows in by_language.items():
            self._add_values_in_language(some_rows, values, paths, lang)

    def _add_values_in_language(self, rows, values, paths, lang):
        records = self._content_records([row["res_id"] for row in rows]).with_context(lang=lang or self.env.lang)
        try:
            readable = self._read_levels(records, paths)
        except AccessError as error:  # a whole field is out of reach
            values.update({row["trace_id"]: error for row in rows})
            return
        for row in rows:
            record = records.browse(row["res_id"]).with_prefetch(records._prefetch_ids)
            values[row["trace_id"]] = self._with_values(values[row["trace_id"]], record, paths, readable)

    def _read_levels(self, records, paths, level=()):
        """Read the paths' fields of all records, level by level, and no others; the ids that may be read per level."""
        records = records._filtered_access("read")
        heads = {}
        for head, *rest in paths:
            heads.setdefault(head, []).extend([rest] if rest else [])
        if records:
            records.fetch([name for name in heads if records._fields[name].store])
        readable = {level: set(records.ids)}
        for name, rests in heads.items():
            if rests:
                readable |= self._read_levels(records.mapped(name), rests, (*level, name))
        return readable

    def _with_values(self, values, record, paths, readable):
        try:
            return values | {".".join(["object", *path]): self._shown(record, path, readable) for path in paths}
        except Exception as error:  # access, a failing compute: whatever it is, it is this recipient's
            return error

    def _shown(self, record, path, readable):
        for level, name in enumerate(path):
            # the cache does not ask who reads: what somebody else has read in this transaction is in it
            if record and record.id not in readable[tuple(path[:level])]:
                raise AccessError(
                    self.env._("The sender may not read %(record)s.", record=f"{record._name},{record.id}")
                )
            record = record[name]
        if isinstance(record, models.BaseModel):
            return record.sudo().display_name or "" if record else ""
        return "" if record is None or record is False else str(record)

    def _check_object_names(self, names):
        """Refuse to compile placeholders that only Odoo's renderer can show. Raises NotCompilable."""
        for name in names:
            if name.startswith("object.") and not self._is_plain_path(name.split(".")[1:]):
                raise NotCompilable(_("the placeholder “%(name)s” is not a plain field", name=name))

    def _is_plain_path(self, path):
        model, field = self.env[self.mailing_model_real], None
        for name in path:
            field = model._fields.get(name) if model is not None else None
            if not field or field.type not in _PLAIN_TYPES:
                return False
            model = self.env[field.comodel_name] if field.relational else None
        return True
