"""What placeholders and conditions ask of the recipients' records, read for a whole batch at once."""

from odoo import models
from odoo.exceptions import AccessError

from ...core.content import RAW, TRUTH, NotCompilable
from ...core.text import _
from ..mailing_queue.table import LOST_DATABASE

# these are shown as t-out shows them; others (HTML, images, properties, relations to many) need Odoo's renderer
_PLAIN_TYPES = ("char", "text", "selection", "integer", "float", "monetary", "date", "datetime", "boolean", "many2one")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _object_values(self, model, people, names):
        """For each of `people` (by their ids in `model`) the values that `names` ask for, or what was raised."""
        asked = {name: _path(name) for name in names if _path(name)}
        if not asked:
            return {res_id: {} for res_id in people}
        by_language = {}
        for res_id, person in people.items():
            by_language.setdefault(person.lang, []).append(res_id)
        values = {}
        for lang, res_ids in by_language.items():
            records = model.browse(res_ids).with_context(lang=lang or self.env.lang)
            values.update(self._values_of_records(records, asked))
        return values

    def _values_of_records(self, records, asked):
        try:
            readable = self._read_levels(records, list(asked.values()))
        except AccessError as error:  # a whole field is out of reach
            return dict.fromkeys(records.ids, error)
        if len(readable[()]) == len(records) and all(len(path) == 1 for path in asked.values()):
            try:
                return _values_by_column(records, asked)
            except LOST_DATABASE:
                raise
            except Exception:  # a failing compute: whose it is shows one by one
                records.invalidate_recordset()
        return {record.id: self._values_of_record(record, asked, readable) for record in records}

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

    def _values_of_record(self, record, asked, readable):
        try:
            return {name: _value(name, self._follow(record, path, readable)) for name, path in asked.items()}
        except LOST_DATABASE:
            raise
        except Exception as error:  # access, a failing compute: whatever it is, it is this recipient's
            return error

    def _follow(self, record, path, readable):
        for level, name in enumerate(path):
            # the cache does not ask who reads: what somebody else has read in this transaction is in it
            if record and record.id not in readable[tuple(path[:level])]:
                raise AccessError(
                    self.env._("The sender may not read %(record)s.", record=f"{record._name},{record.id}")
                )
            record = record[name]
        return record

    def _check_object_names(self, names):
        """Refuse to compile what only Odoo's renderer can show or decide. Raises NotCompilable."""
        for name in names:
            path = _path(name)
            if path and not self._is_plain_path(path, may_be_record=not name.startswith(RAW)):
                raise NotCompilable(_("the placeholder “%(name)s” is not a plain field", name=".".join(path)))

    def _is_plain_path(self, path, may_be_record):
        model, field = self.env[self.mailing_model_real], None
        for name in path:
            field = model._fields.get(name) if model is not None else None
            if not field or field.type not in _PLAIN_TYPES:
                return False
            model = self.env[field.comodel_name] if field.relational else None
        return may_be_record or not field.relational


def _path(name):
    """The fields that a name leads along; empty for a name that asks nothing of the record."""
    root, *path = name.removeprefix(RAW).removeprefix(TRUTH).split(".")
    return path if root == "object" else []


def _values_by_column(records, asked):
    columns = [[_value(name, value) for value in _column(records, *path)] for name, path in asked.items()]
    names = tuple(asked)
    return {
        res_id: dict(zip(names, values, strict=True))
        for res_id, values in zip(records.ids, zip(*columns, strict=True), strict=True)
    }


def _column(records, name):
    return [record[name] for record in records] if records._fields[name].relational else records.mapped(name)


def _value(name, value):
    """What goes into a recipient's values under a name: for a condition its truth or bare value, else what shows."""
    if name.startswith(TRUTH):
        return bool(value)
    if name.startswith(RAW):
        return value
    if isinstance(value, models.BaseModel):
        return value.sudo().display_name or "" if value else None
    return None if value is False else value
