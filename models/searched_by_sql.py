"""Searching by a field that is not stored, and whose value `_field_to_sql` gives."""

from functools import partial

from odoo.fields import Domain


def searched_by_sql(name, operator, value):
    """The domain of a field's search method, with all operators, and with nothing as a value."""
    return Domain.custom(to_sql=partial(_condition, name, operator, value))


def _condition(name, operator, value, model, alias, query):
    return model._fields[name].condition_to_sql(name, operator, value, model, alias, query)
