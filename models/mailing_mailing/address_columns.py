"""Where the addresses of a model's records are, as SQL can read them."""

import re

from odoo.tools import SQL

# What PostgreSQL may take for one plain address; Odoo's normalisation decides about anything else
_PART = r'[^[:space:]@<>,;:"()\[\]\\]+'
PLAIN_ADDRESS = f"^{_PART}@{_PART}$"
NOT_ASCII = r"[^\x01-\x7f]"

_CALLED_ADDRESS = re.compile(r"e-?mail|(?:^|_|\b)mail(?:_|\b|$)", re.IGNORECASE).search
# what is kept about an address, or is several of them
_ABOUT_ADDRESS = re.compile(
    r"(?:^|_)(?:cc|bcc|normalized|domain|state|subject|message|token|hash|id|key)(?:_|$)"
).search


def own_field(Model):
    """The stored column with the record's own address, as stock finds it."""
    names = (Model._mail_get_primary_email_field(), "email_from", "email", "partner_email")
    return next((name for name in names if name and is_column(Model, name)), None)


def partner_field(Model):
    """The column that leads to the customer, where the record has one and is none itself."""
    if Model._name == "res.partner":
        return None
    return next((name for name in Model._mail_get_partner_fields() if is_column(Model, name)), None)


def is_column(Model, name):
    """Whether SQL can read it."""
    field = Model._fields.get(name)
    return bool(field and field.store and field.column_type and field.type in ("char", "many2one"))


def partner_join(name):
    """SQL that joins the customer as `p`, where the records `m` have one."""
    return SQL("LEFT JOIN res_partner p ON p.id = m.%s", SQL.identifier(name)) if name else SQL()


def watched_field(Model):
    """The field whose address Odoo keeps normalised, as it does for its blacklist; each change of it is seen.

    A registration for an event names such a field, too, and keeps none.
    """
    return getattr(Model, "_primary_email", None) if is_column(Model, "email_normalized") else None


def normalized(Model, name):
    """Odoo's column where there is one; else plain addresses in lower case, and others as they are written."""
    if name == watched_field(Model):
        return SQL("m.email_normalized")
    column = SQL("m.%s", SQL.identifier(name))
    return SQL(
        "CASE WHEN btrim(%(c)s) ~ %(plain)s THEN lower(btrim(%(c)s)) ELSE NULLIF(btrim(%(c)s), '') END",
        c=column,
        plain=PLAIN_ADDRESS,
    )


def address_fields(Model):
    """The names of the fields in which people keep addresses, of those that the user may read."""
    return [
        name for name, field in Model._fields.items() if _is_address(field) and Model._has_field_access(field, "read")
    ]


def _is_address(field):
    """A line of text that somebody fills in, and that is called an e-mail address."""
    if field.type != "char" or not field.store or not field.column_type or field.translate:
        return False
    is_filled_in = not field.compute or not field.readonly
    return is_filled_in and is_called_address(field.name, field.string)


def is_called_address(name, label):
    """Whether a field of this name and label holds an address, and not what is kept about one."""
    called = any(map(_CALLED_ADDRESS, (name, label or "")))
    return called and not _ABOUT_ADDRESS(name)
