"""A caught message as the page shows it; never raises, whatever the bytes."""

import email
import email.policy
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from html import escape

from .store import Caught, Store

SNIPPET_BYTES = 8192  # enough for the headers of a list's row


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    caught: Caught
    sender: str
    subject: str


def row(store: Store, caught: Caught) -> Row:
    """What the list tells about a message."""
    head = (store.message(caught.number) or b"")[:SNIPPET_BYTES]
    parsed = email.message_from_bytes(head.partition(b"\r\n\r\n")[0])
    return Row(caught, readable(parsed["From"]), readable(parsed["Subject"]))


def readable(value) -> str:
    """A header's value with its encoded words decoded; as it stands where that fails."""
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (LookupError, UnicodeError, ValueError):
        return str(value)


def headers(raw: bytes) -> str:
    """The header block as it was on the wire."""
    return raw.partition(b"\r\n\r\n")[0].decode(errors="replace").replace("\r\n", "\n")


def text_part(raw: bytes) -> str | None:
    """The first text/plain part, None if there is none."""
    return _part(raw, "text/plain")


def html_part(raw: bytes) -> str | None:
    """The first text/html part, with links set to open beside the page; None if there is none."""
    html = _part(raw, "text/html")
    return None if html is None else '<base target="_blank">' + html


def attachments(raw: bytes) -> list[str]:
    """The names and sizes of what is attached."""
    found = []
    for part in email.message_from_bytes(raw).walk():
        if name := part.get_filename():
            found.append(f"{readable(name)} ({len(part.get_payload(decode=True) or b''):,} bytes)")
    return found


def _part(raw: bytes, content_type: str) -> str | None:
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() == content_type and not part.get_filename():
            return _decoded(part)
    return None


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True) or b""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return content.decode(errors="replace")


def escaped(text: str | None, otherwise: str) -> str:
    """A text for the page, or what to say where there is none."""
    return escape(text) if text else f"<em>{escape(otherwise)}</em>"
