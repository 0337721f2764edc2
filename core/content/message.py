"""A message compiled once for a mailing and completed for each recipient.

Everything that is the same for all is encoded beforehand; a recipient costs the encoding of what differs and one join.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from ..addresses import BadAddress
from ..headers import BadHeader
from . import fill_data
from .attachments import EncodedFile
from .errors import BadValue
from .fills import Encoder, Fill, Header
from .skeleton import Skeleton, body_of
from .template import Template, Values

_VERSION = 2


@dataclass(frozen=True)
class Parts:
    """What a message is made of: headers in their order (without the MIME ones), HTML or text or both, files.

    `pictures` are those that the HTML shows by their Content-ID.
    """

    headers: tuple[Header, ...]
    html: Template | None = None
    text: Template | None = None
    files: tuple[EncodedFile, ...] = ()
    pictures: tuple[EncodedFile, ...] = ()


@dataclass(frozen=True)
class CompiledMessage:
    """Fixed bytes, and between each two of them the index of what fills the place: `len(fixed) == len(places) + 1`."""

    fixed: tuple[bytes, ...]
    fills: tuple[Fill, ...]
    places: tuple[int, ...]

    def render(self, values: Values) -> bytes:
        """The complete message (RFC 5322) of one recipient: ends with CRLF, ASCII, short lines, not dot-stuffed.

        The body is in DKIM's relaxed canonical form (RFC 6376 section 3.4.4). `values` maps the names of holes to text
        or numbers; what is missing or empty takes the hole's default. Raises BadValue where a header cannot carry this
        recipient's value.
        """
        try:
            filled = [encode(values) for encode in self._encoders]
        except (BadAddress, BadHeader) as error:
            raise BadValue(error.reason) from error
        pieces = self._pieces.copy()
        pieces[1::2] = [filled[place] for place in self.places]
        message = b"".join(pieces)
        return _without_empty_end(message) if message.endswith(b"\r\n\r\n") else message

    @cached_property
    def needs_stuffing(self) -> bool:
        """Whether a line may begin with a dot (RFC 5321, 4.5.2): of what we encode none does."""
        return any(b"\n." in piece for piece in self.fixed)

    @cached_property
    def _encoders(self) -> list[Encoder]:
        return [fill.encoder() for fill in self.fills]

    @cached_property
    def _pieces(self) -> list[bytes]:
        pieces = [b""] * (2 * len(self.places) + 1)
        pieces[0::2] = self.fixed
        return pieces

    @property
    def names(self) -> frozenset[str]:
        """The names of all values that are asked for."""
        return frozenset().union(*map(fill_data.names, self.fills))

    def to_json(self) -> str:
        """To be kept in the database."""
        fixed = [piece.decode("ascii") for piece in self.fixed]
        data = {
            "version": _VERSION,
            "fixed": fixed,
            "fills": list(map(fill_data.to_data, self.fills)),
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
        return cls(fixed, tuple(map(fill_data.from_data, data["fills"])), tuple(data["places"]))


def compile(parts: Parts) -> CompiledMessage:
    """Encode everything that does not differ between recipients. Raises BadValue where a fixed header is impossible."""
    skeleton = Skeleton()
    try:
        for header in parts.headers:
            skeleton.add_header(header)
    except (BadAddress, BadHeader) as error:
        raise BadValue(error.reason) from error
    skeleton.add(b"MIME-Version: 1.0\r\n")
    body_of(parts.html, parts.text, parts.files, parts.pictures).write(skeleton)
    return CompiledMessage(*skeleton.finish())


def _without_empty_end(message: bytes) -> bytes:
    """The message without empty lines at the end of its body, as DKIM's canonical form has it."""
    header, separator, body = message.partition(b"\r\n\r\n")
    body = body.rstrip(b"\r\n")
    return header + separator + (body + b"\r\n" if body else b"")
