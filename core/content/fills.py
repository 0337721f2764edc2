"""What is made anew for each recipient: one class for each kind.

`encoder()` returns the function from a recipient's values to bytes. It is made once, so that a mail costs no more than
the calls that its own values need.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from .. import headers
from . import quoted_printable
from .conditions import Condition
from .template import Hole, Template, Values

Encoder = Callable[[Values], bytes]


@dataclass(frozen=True)
class HtmlValue:
    """A value in the HTML part: text, so escaped."""

    kind: ClassVar = "html"
    hole: Hole

    def encoder(self) -> Encoder:
        get, encode = self.hole.getter(), quoted_printable.encode_as_html
        return lambda values: encode(get(values))


@dataclass(frozen=True)
class TextValue:
    """A value in the text part."""

    kind: ClassVar = "text"
    hole: Hole

    def encoder(self) -> Encoder:
        get, encode = self.hole.getter(), quoted_printable.encode_piece
        return lambda values: encode(get(values))


@dataclass(frozen=True)
class Code:
    """A value of ours, letters, digits and percent signs: nothing to encode, neither in HTML nor in text."""

    kind: ClassVar = "code"
    hole: Hole

    def encoder(self) -> Encoder:
        name, in_lines = self.hole.name, quoted_printable.in_lines
        return lambda values: in_lines(values[name].encode("ascii"))


@dataclass(frozen=True)
class HeaderCode:
    """The same in a header, where no line may be broken."""

    kind: ClassVar = "header code"
    hole: Hole

    def encoder(self) -> Encoder:
        name = self.hole.name
        return lambda values: values[name].encode("ascii")


@dataclass(frozen=True)
class Stretch:
    """A piece of a message: fixed bytes, and one fill between each two of them."""

    kind: ClassVar = "stretch"
    fixed: tuple[bytes, ...]
    fills: tuple["Fill", ...]

    def encoder(self) -> Encoder:
        fixed, encoders = self.fixed, [fill.encoder() for fill in self.fills]

        def encode(values: Values) -> bytes:
            pieces = [fixed[0]]
            for encode_fill, after in zip(encoders, fixed[1:], strict=True):
                pieces += (encode_fill(values), after)
            return b"".join(pieces)

        return encode


@dataclass(frozen=True)
class Chosen:
    """The first of the branches whose condition holds, else the last one."""

    kind: ClassVar = "choice"
    conditions: tuple[Condition, ...]
    branches: tuple[Stretch, ...]

    def encoder(self) -> Encoder:
        *branches, otherwise = [branch.encoder() for branch in self.branches]
        cases = list(zip(self.conditions, branches, strict=True))

        def encode(values: Values) -> bytes:
            for condition, branch in cases:
                if condition.holds(values):
                    return branch(values)
            return otherwise(values)

        return encode


@dataclass(frozen=True)
class Unstructured:
    """A header that people read, such as Subject."""

    kind: ClassVar = "unstructured"
    name: str
    text: Template

    def encoder(self) -> Encoder:
        name, fill = self.name, self.text.filler()
        return lambda values: headers.unstructured(name, fill(values))


@dataclass(frozen=True)
class Mailbox:
    """A header with one name and address, such as To."""

    kind: ClassVar = "mailbox"
    name: str
    display_name: Template
    address: Template

    def encoder(self) -> Encoder:
        name, display_name, address = self.name, self.display_name.filler(), self.address.filler()
        return lambda values: headers.mailbox(name, display_name(values), address(values))


@dataclass(frozen=True)
class Token:
    """A header that software reads as it stands, such as Message-ID."""

    kind: ClassVar = "token"
    name: str
    value: Template

    def encoder(self) -> Encoder:
        name, fill = self.name, self.value.filler()
        return lambda values: headers.token(name, fill(values))


@dataclass(frozen=True)
class Uris:
    """A header with web or mailto addresses, such as List-Unsubscribe; `values` come in the order of preference."""

    kind: ClassVar = "uris"
    name: str
    values: tuple[Template, ...]

    def encoder(self) -> Encoder:
        name, fillers = self.name, [value.filler() for value in self.values]
        return lambda values: headers.uris(name, [fill(values) for fill in fillers])


Header = Unstructured | Mailbox | Token | Uris
Fill = HtmlValue | TextValue | Code | HeaderCode | Chosen | Header
