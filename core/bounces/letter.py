"""A mail as the detectors see it: what it says, what it reports in fields, and what it returns."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from . import mime, returned
from .addresses import addresses_in

LONGEST_SUBJECT = 1_000
LONGEST_DATE = 100
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,998}>")
_TOLD_ID = re.compile(
    r"^[ \t]*(?:Original[- ])?Message[- ]ID:\s{0,20}<?([^<>\s@]{1,500}@[^<>\s@]{1,400})>?", re.IGNORECASE | re.MULTILINE
)
MOST_HOPS = 20
_FOR = re.compile(r"\bfor\s{1,9}(<[^<>\s]{3,320}>)")
_QUOTED = re.compile(r"^> ?(?!>)", re.MULTILINE)
_RETURNED_TYPES = frozenset(
    {"message/rfc822", "message/global", "message/global-headers", "text/rfc822-headers", "text/rfc822-header"}
)
_FIELD_TYPES = {
    "message/delivery-status": "status",
    "message/global-delivery-status": "status",
    "message/feedback-report": "feedback",
    "message/disposition-notification": "disposition",
    "message/global-disposition-notification": "disposition",
}


@dataclass(frozen=True)
class Letter:
    """The headers; the text for people up to the mail that is returned; the fields for machines; that mail's headers.

    `words` is the text in one line: line breaks mean nothing in most reports.
    """

    headers: Message
    subject: str
    text: str
    words: str
    fields: dict[str, str]
    returned: Message
    quoted: str

    def header(self, name: str) -> str:
        """A header of the mail itself in one line, "" where it has none."""
        return " ".join(str(self.headers.get(name, "")).split())

    def with_text(self, text: str) -> "Letter":
        """The same, saying less."""
        return replace(self, text=text, words=" ".join(text.split()))

    @property
    def sender(self) -> str:
        """The From header in small letters."""
        return self.header("From").lower()

    @property
    def sent_to(self) -> list[str]:
        """Whom the mail that is returned was for, as far as its headers tell."""
        named = " ".join(str(self.returned.get(name, "")) for name in ("To", "X-Original-To", "X-Failed-Recipients"))
        return addresses_in(named) or addresses_in(" ".join(_FOR.findall(self._received())))

    def _received(self) -> str:
        return " ".join(map(str, self.returned.get_all("Received", [])[:MOST_HOPS]))[: mime.LARGEST_HEADER]

    @property
    def original_message_id(self) -> str:
        """The Message-ID of the mail that is returned, in angle brackets; some only tell it in their text."""
        if found := _MESSAGE_ID.search(str(self.returned.get("Message-ID", ""))[:2_000]):
            return found[0]
        told = _TOLD_ID.search(self.text)
        return f"<{told[1]}>" if told else ""

    @property
    def original_date(self) -> datetime | None:
        """The Date of the mail that is returned, in UTC."""
        try:
            date = parsedate_to_datetime(str(self.returned.get("Date", ""))[:LONGEST_DATE])
            return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):  # whatever a stranger has made of it
            return None


def read(raw: bytes) -> Letter:
    """Take a mail apart."""
    return _read(mime.normalised(raw))


def quoted_report(letter: Letter) -> Letter | None:
    """The mail that a mail returns, or passes on, where that is a report itself."""
    is_report = "multipart/report" in str(letter.returned.get("Content-Type", ""))[:1_000].lower()
    return _read(letter.quoted.lstrip("\n")) if is_report else None


def _read(mail: str) -> Letter:
    headers, body = mime.split_head(mail)
    parts = list(mime.parts(headers, body))
    fields: dict[str, str] = {}
    for part in parts:
        if name := _FIELD_TYPES.get(part.content_type):
            fields[name] = f"{fields.get(name, '')}\n\n{part.text}"
    text, quoted = returned.split(_QUOTED.sub("", _said(parts)))
    original = next((part.text for part in parts if part.content_type in _RETURNED_TYPES), quoted)
    text = "\n".join(map(str.rstrip, text[: mime.LARGEST_TEXT // 2].split("\n")))
    return Letter(
        *(headers, _subject(headers), text, " ".join(text.split()), fields),
        returned=mime.split_head(original.lstrip("\n"))[0],
        quoted=original,
    )


def _said(parts: list[mime.Part]) -> str:
    """The text for people, from the HTML only where there is no other."""
    plain = [part.text for part in parts if part.content_type.startswith("text/") and not _is_other(part)]
    html = [part.text for part in parts if part.content_type == "text/html"]
    # what stands before the first part is for programs that know no parts
    for said in (plain[1:], html, plain):
        if any(map(str.strip, said)):
            return "\n\n".join(filter(str.strip, said))
    return ""


def _is_other(part: mime.Part) -> bool:
    return part.content_type == "text/html" or part.content_type in _RETURNED_TYPES


def _subject(headers: Message) -> str:
    raw = _as_sent(str(headers.get("Subject", ""))[:LONGEST_SUBJECT])
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (LookupError, ValueError, MessageError):
        return " ".join(raw.split())


def _as_sent(raw: str) -> str:
    """A header in UTF-8 (RFC 6532), of which each byte was read as a character."""
    try:
        return raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return raw
