"""Fills as lists and strings, for the database; and the names of the values that they ask for."""

from .conditions import Condition
from .fills import (
    Chosen,
    Code,
    Fill,
    HeaderCode,
    HtmlValue,
    Mailbox,
    Stretch,
    TextValue,
    Token,
    Unstructured,
    Uris,
)
from .template import Hole, Template

_KINDS = {
    fill.kind: fill
    for fill in (HtmlValue, TextValue, Code, HeaderCode, Stretch, Chosen, Unstructured, Mailbox, Token, Uris)
}


def names(fill: Fill | Stretch) -> frozenset[str]:
    """The names of all values that a fill asks for."""
    return _names_in(tuple(vars(fill).values()))


def _names_in(value: object) -> frozenset[str]:
    if isinstance(value, (Hole, Template, Condition)):
        return value.names
    if isinstance(value, tuple):
        return frozenset().union(*map(_names_in, value))
    return names(value) if type(value) in _KINDS.values() else frozenset()


def to_data(fill: Fill | Stretch) -> list:
    """Lists and strings, for JSON."""
    return [fill.kind, *map(_value_to_data, vars(fill).values())]


def from_data(data: list) -> Fill:
    kind, *values = data
    return _KINDS[kind](*map(_value_from_data, values))


def _value_to_data(value: object):
    match value:
        case str():
            return value
        case bytes():
            return {"bytes": value.decode("ascii")}
        case Hole():
            return {"hole": Template([value]).to_data()}
        case Template():
            return {"template": value.to_data()}
        case Condition():
            return {"if": value.to_data()}
        case tuple():
            return {"list": [_value_to_data(item) for item in value]}
        case _:
            return {"fill": to_data(value)}


def _value_from_data(data: str | dict):
    if isinstance(data, str):
        return data
    ((kind, value),) = data.items()
    return _READERS[kind](value)


_READERS = {
    "bytes": lambda value: value.encode("ascii"),
    "hole": lambda value: Template.from_data(value)[0],
    "template": Template.from_data,
    "if": Condition.from_data,
    "list": lambda value: tuple(map(_value_from_data, value)),
    "fill": from_data,
}
