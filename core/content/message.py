"""A message compiled once for a mailing and completed for each recipient.

Everything that is the same for all is encoded beforehand; a recipient costs the encoding of what differs and one join.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from . import fills
from .attachments import Attachment
from .fills import Fill, Header, Values
from .skeleton import Skeleton, body_of
from .template import Template

_VERSION = 1


@dataclass(frozen=True)
class Parts:
    """What a message is made of: headers in their order (without the MIME ones), HTML or text or both, files."""

    headers: tuple[Header, ...]
    html: Template | None = None
    text: Template | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class CompiledMessage:
    """Fixed bytes, and between each two of them the index of what fills the place: `len(fixed) == len(places) + 1`."""

    fixed: tuple[bytes, ...]
    fills: tuple[Fill, ...]
    places: tuple[int, ...]

    def render(self, values: Values) -> bytes:
        """The complete message (RFC 5322) of one recipient: CRLF, ASCII, short lines, not dot-stuffed.

        `values` maps the names of holes to text; what is missing or empty takes the hole's default. Raises BadValue
        where a header cannot carry this recipient's value.
        """
        filled = [fills.encode_safely(fill, values) for fill in self.fills]
        pieces = [b""] * (2 * len(self.places) + 1)
        pieces[0::2] = self.fixed
        pieces[1::2] = [filled[place] for place in self.places]
        return b"".join(pieces)

    @property
    def names(self) -> frozenset[str]:
        """The names of all holes."""
        return frozenset().union(*(template.names for fill in self.fills for template in fills.templates(fill)))

    def to_json(self) -> str:
        """To be kept in the database."""
        fixed = [piece.decode("ascii") for piece in self.fixed]
        data = {
            "version": _VERSION,
            "fixed": fixed,
            "fills": list(map(fills.to_data, self.fills)),
            "places": self.places,
        }
        return json.dumps(data)

    @classmethod
    def from_json(cls, payload: str) -> "CompiledMessage":
        """The message that `to_json` wrote. Raises ValueError for one of another version."""
        data = json.loads(payload)
        if data.get("version") != _VERSION:
            raise ValueError(f"compiled message of version {data.get('version')}, not {_VERSION}")
        fixed = tuple(piece.encode("ascii") for piece in data["fixed"])
        return cls(fixed, tuple(map(fills.from_data, data["fills"])), tuple(data["places"]))


def compile(parts: Parts) -> CompiledMessage:
    """Encode everything that does not differ between recipients. Raises BadValue where a fixed header is impossible."""
    skeleton = Skeleton()
    for header in parts.headers:
        skeleton.add_header(header)
    skeleton.add(b"MIME-Version: 1.0\r\n")
    body_of(parts.html, parts.text, parts.attachments).write(skeleton)
    return CompiledMessage(*skeleton.finish())


def build(
    headers: Iterable[Header], html: str | None, text: str | None, attachments: Iterable[Attachment] = ()
) -> CompiledMessage:
    """The same for one recipient whose HTML and text are rendered already; headers may still have holes."""
    as_template = [None if source is None else Template([source]) for source in (html, text)]
    return compile(Parts(tuple(headers), *as_template, tuple(attachments)))
