"""The MIME structure of a message (RFC 2046, 2387).

Alternative for text and HTML, related around the HTML for its pictures, mixed around it all for files.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from . import fill_data, quoted_printable
from .attachments import EncodedFile
from .fills import Chosen, Code, Fill, Header, HeaderCode, HtmlValue, Stretch, TextValue, Token, Uris
from .links import CODES
from .template import Choice, Hole, Template

ValueKind = type[HtmlValue] | type[TextValue]

_CODES = {hole.name: hole for hole in CODES}
_SAMPLE = re.compile(rb"~~([\w.]+)~~")


class Skeleton:
    """Collects fixed bytes and places to fill, merging neighbours."""

    def __init__(self):
        self._fixed: list[list[bytes]] = [[]]
        self._fills: dict[Fill, int] = {}
        self._places: list[int] = []

    def add(self, data: bytes) -> None:
        self._fixed[-1].append(data)

    def add_fill(self, fill: Fill) -> None:
        """A place for a value; a value that occurs more than once is encoded once."""
        self._places.append(self._fills.setdefault(fill, len(self._fills)))
        self._fixed.append([])

    def add_header(self, header: Header) -> None:
        names = fill_data.names(header)
        if isinstance(header, (Token, Uris)) and names <= _CODES.keys():
            self._add_coded_header(header, names)
        elif names:
            self.add_fill(header)
        else:
            self.add(header.encoder()({}))

    def _add_coded_header(self, header: Token | Uris, names: frozenset[str]) -> None:
        """What differs are codes only, which change neither form nor validity: so they go between fixed bytes."""
        fixed, *pairs = _SAMPLE.split(header.encoder()({name: f"~~{name}~~" for name in names}))
        self.add(fixed)
        for name, after in zip(pairs[::2], pairs[1::2], strict=True):
            self.add_fill(HeaderCode(_CODES[name.decode()]))
            self.add(after)

    def add_text(self, template: Template, kind: ValueKind) -> None:
        """Quoted-printable, a complete text."""
        *pieces, last = template or [""]
        self.add_pieces(pieces, kind)
        if isinstance(last, str):
            self.add(quoted_printable.encode(last))
        else:
            self.add(quoted_printable.SOFT_BREAK)
            self.add_fill(_fill(last, kind))
            self.add(b"\r\n")

    def add_pieces(self, pieces: Iterable[str | Hole | Choice], kind: ValueKind) -> None:
        """A part of a text. Around a hole the lines are broken softly, so that no value makes one too long."""
        for piece in pieces:
            if isinstance(piece, str):
                self.add(quoted_printable.encode_piece(piece))
            else:
                self.add(quoted_printable.SOFT_BREAK)
                self.add_fill(_fill(piece, kind))
                self.add(quoted_printable.SOFT_BREAK)

    def finish(self) -> tuple[tuple[bytes, ...], tuple[Fill, ...], tuple[int, ...]]:
        """Fixed bytes, fills, and the index of the fill for each place between the fixed bytes."""
        return tuple(map(b"".join, self._fixed)), tuple(self._fills), tuple(self._places)


def _fill(piece: Hole | Choice, kind: ValueKind) -> Fill:
    if isinstance(piece, Choice):
        return Chosen(piece.conditions, tuple(_stretch(branch, kind) for branch in piece.branches))
    return Code(piece) if piece in CODES else kind(piece)


def _stretch(template: Template, kind: ValueKind) -> Stretch:
    skeleton = Skeleton()
    skeleton.add_pieces(template, kind)
    fixed, fills_of_it, places = skeleton.finish()
    return Stretch(fixed, tuple(fills_of_it[place] for place in places))


@dataclass(frozen=True)
class TextPart:
    subtype: str
    template: Template

    def write(self, skeleton: Skeleton) -> None:
        skeleton.add(f'Content-Type: text/{self.subtype}; charset="utf-8"\r\n'.encode())
        skeleton.add(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n")
        skeleton.add_text(self.template, HtmlValue if self.subtype == "html" else TextValue)


@dataclass(frozen=True)
class FilePart:
    file: EncodedFile

    def write(self, skeleton: Skeleton) -> None:
        skeleton.add(self.file.data)
        skeleton.add(b"\r\n")


@dataclass(frozen=True)
class Multipart:
    subtype: str
    parts: tuple

    def write(self, skeleton: Skeleton) -> None:
        boundary = self._boundary()
        # what the pictures are related to (RFC 2387 section 3.1)
        root = ' type="text/html";' if self.subtype == "related" else ""
        skeleton.add(f'Content-Type: multipart/{self.subtype};{root}\r\n boundary="{boundary}"\r\n'.encode())
        for part in self.parts:
            skeleton.add(f"\r\n--{boundary}\r\n".encode())
            part.write(skeleton)
        skeleton.add(f"\r\n--{boundary}--\r\n".encode())

    def _boundary(self) -> str:
        # "=_" occurs neither in quoted-printable nor in base64 (RFC 2045 section 6.7); the digest, fixed for a
        # mailing, keeps it apart from a boundary inside an attached message
        digest = hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()
        return f"=_{self.subtype[:3]}_{digest[:24]}"


def body_of(
    html: Template | None,
    text: Template | None,
    files: tuple[EncodedFile, ...],
    pictures: tuple[EncodedFile, ...] = (),
):
    """The body's tree of parts; without HTML and text it is an empty text."""
    texts = [TextPart("plain", text)] if text is not None else []
    if html is not None:
        texts.append(_with_files("related", TextPart("html", html), pictures))
    texts = texts or [TextPart("plain", Template())]
    # the simplest form first (RFC 2046 section 5.1.4)
    body = texts[0] if len(texts) == 1 else Multipart("alternative", tuple(texts))
    return _with_files("mixed", body, files)


def _with_files(subtype: str, part, files: tuple[EncodedFile, ...]):
    return Multipart(subtype, (part, *map(FilePart, files))) if files else part
