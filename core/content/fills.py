"""What is made anew for each recipient: one class for each kind, all with `encode(values) -> bytes`."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .. import headers
from ..addresses import BadAddress
from . import quoted_printable
from .errors import BadValue
from .template import Hole, Template

Values = Mapping[str, str]


@dataclass(frozen=True)
class HtmlValue:
    """A value in the HTML part: text, so escaped. `hole` has one piece, the hole."""

    kind: ClassVar = "html"
    hole: Template

    def encode(self, values: Values) -> bytes:
        return quoted_printable.encode_piece(html.escape(self.hole[0].value(values)))


@dataclass(frozen=True)
class TextValue:
    """A value in the text part. `hole` has one piece, the hole."""

    kind: ClassVar = "text"
    hole: Template

    def encode(self, values: Values) -> bytes:
        return quoted_printable.encode_piece(self.hole[0].value(values))


@dataclass(frozen=True)
class Unstructured:
    """A header that people read, such as Subject."""

    kind: ClassVar = "unstructured"
    name: str
    text: Template

    def encode(self, values: Values) -> bytes:
        return headers.unstructured(self.name, self.text.fill(values))


@dataclass(frozen=True)
class Mailbox:
    """A header with one name and address, such as To."""

    kind: ClassVar = "mailbox"
    name: str
    display_name: Template
    address: Template

    def encode(self, values: Values) -> bytes:
        return headers.mailbox(self.name, self.display_name.fill(values), self.address.fill(values))


@dataclass(frozen=True)
class Token:
    """A header that software reads as it stands, such as Message-ID."""

    kind: ClassVar = "token"
    name: str
    value: Template

    def encode(self, values: Values) -> bytes:
        return headers.token(self.name, self.value.fill(values))


@dataclass(frozen=True)
class Uris:
    """A header with web or mailto addresses, such as List-Unsubscribe; `values` come in the order of preference."""

    kind: ClassVar = "uris"
    name: str
    values: tuple[Template, ...]

    def encode(self, values: Values) -> bytes:
        return headers.uris(self.name, [value.fill(values) for value in self.values])


Header = Unstructured | Mailbox | Token | Uris
Fill = HtmlValue | TextValue | Header

_KINDS = {fill.kind: fill for fill in (HtmlValue, TextValue, Unstructured, Mailbox, Token, Uris)}


def value_of(hole: Hole, fill: type[HtmlValue] | type[TextValue]) -> Fill:
    return fill(Template([hole]))


def templates(fill: Fill) -> list[Template]:
    """The templates in a fill."""
    found = []
    for value in vars(fill).values():
        found += [value] if isinstance(value, Template) else value if isinstance(value, tuple) else []
    return found


def encode_safely(fill: Fill, values: Values) -> bytes:
    """`fill.encode`, with any refusal as a BadValue."""
    try:
        return fill.encode(values)
    except (BadAddress, headers.BadHeader) as error:
        raise BadValue(error.reason) from error


def to_data(fill: Fill) -> list:
    """Lists and strings, for JSON."""
    return [fill.kind, *map(_value_to_data, vars(fill).values())]


def from_data(data: list) -> Fill:
    kind, *values = data
    return _KINDS[kind](*map(_value_from_data, values))


def _value_to_data(value: str | Template | tuple[Template, ...]):
    if isinstance(value, Template):
        return {"template": value.to_data()}
    return value if isinstance(value, str) else {"templates": [template.to_data() for template in value]}


def _value_from_data(value: str | dict):
    if isinstance(value, str):
        return value
    if "template" in value:
        return Template.from_data(value["template"])
    return tuple(Template.from_data(template) for template in value["templates"])
