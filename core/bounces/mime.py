"""The parts of a mail, whatever its bytes: each level is read in one pass, and size and depth have an end.

The standard library's parser keeps every open multipart on its stack and raises on some broken mails; strangers write
these.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

LARGEST_MAIL = 1_048_576  # what follows is not read; a report has its news in the first few kilobytes
LARGEST_HEADER = 65_536
LARGEST_TEXT = 131_072
DEEPEST = 6
MOST_PARTS = 40
MOST_PARAMETERS = 20  # of a Content-Type; the standard library takes four times as long for twice as many

# the others are slow (punycode, idna) or no character sets
_CHARSETS = re.compile(
    r"(unicode-1-1-)?utf-?_?(7|8|16)|us-ascii|ascii|iso[-_]?8859|iso-2022|windows-|cp\d|euc|shift_?jis|sjis|ms932"
    r"|gb|big5|koi8|latin|mac|ks_c|tis",
    re.IGNORECASE,
)
_BROKEN_FOLD = re.compile(r"\n(?![ \t\n]|[A-Za-z0-9][\w.-]{0,70}[ \t]{0,3}:(?!//))")
_MBOX = re.compile(r"\A\s*(?:From [^\n]*\n)?")
_NO_TEXT_TAGS = re.compile(r"/?(style|script|head)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A part without parts of its own."""

    headers: Message
    content_type: str
    text: str


def normalised(raw: bytes) -> str:
    """The mail with one sort of line ends, each character a byte."""
    text = raw[:LARGEST_MAIL].decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    return _MBOX.sub("", text, count=1)


def split_head(text: str) -> tuple[Message, str]:
    """The headers, and what follows the first blank line."""
    head, _blank, body = text.partition("\n\n")
    if text.startswith("\n"):
        head, body = "", text[1:]
    return headers(head), body


def headers(block: str) -> Message:
    """Header lines as fields; a line that lost its indentation belongs to the line before."""
    found = HeaderParser().parsestr(_BROKEN_FOLD.sub("\n ", block[:LARGEST_HEADER]) + "\n\n")
    content_type = str(found.get("Content-Type", ""))
    if content_type.count(";") > MOST_PARAMETERS:
        found.replace_header("Content-Type", ";".join(content_type.split(";")[: MOST_PARAMETERS + 1]))
    return found


def parts(head: Message, body: str, depth: int = 0) -> Iterator[Part]:
    """The leaves, in their order; what a multipart says before its first part comes first."""
    boundary = _boundary(head)
    if boundary and depth < DEEPEST:
        delimiter = re.compile(rf"^--{re.escape(boundary)}(?:--)?[ \t]*(?:\n|\Z)", re.MULTILINE)
        preamble, *pieces = delimiter.split(body, MOST_PARTS)
        yield Part(Message(), "text/plain", preamble[:LARGEST_TEXT])
        for piece in pieces:
            yield from parts(*split_head(piece), depth + 1)
    else:
        yield Part(head, _content_type(head), _decoded(head, body))


def _boundary(head: Message) -> str:
    if not _content_type(head).startswith("multipart/"):
        return ""
    boundary = head.get_param("boundary", "")
    return boundary.strip()[:200] if isinstance(boundary, str) else ""


def _content_type(head: Message) -> str:
    return str(head.get("Content-Type", "text/plain")).partition(";")[0].strip().lower()


def _decoded(head: Message, body: str) -> str:
    data = _transfer_decoded(str(head.get("Content-Transfer-Encoding", "")), body[: 2 * LARGEST_TEXT])
    text = _characters(head, data).replace("\r\n", "\n").replace("\r", "\n")[:LARGEST_TEXT]
    return _without_tags(text) if _content_type(head) == "text/html" else text


def _transfer_decoded(encoding: str, body: str) -> bytes:
    data = body.encode("latin-1", "replace")
    encoding = encoding.strip().lower()
    try:
        if encoding.startswith("base64"):
            return binascii.a2b_base64(data)
        if encoding.startswith("quoted-printable"):
            return binascii.a2b_qp(data)
    except binascii.Error:  # cut off, or never was what it says
        pass
    return data


def _characters(head: Message, data: bytes) -> str:
    charset = str(head.get_content_charset() or "")
    if not _CHARSETS.match(charset):
        charset = "iso-2022-jp" if b"\x1b$B" in data else "utf-8"
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _without_tags(text: str) -> str:
    first, *chunks = text.split("<")
    words, is_hidden = [first], False
    for chunk in chunks:
        tag, _end, rest = chunk.partition(">")
        if found := _NO_TEXT_TAGS.match(tag):
            is_hidden = not tag.startswith("/") and found[1].lower() != "head"
        if not is_hidden:
            words.append(rest)
    named = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&"}
    plain = "\n".join(words)
    for name, character in named.items():
        plain = plain.replace(name, character)
    return plain
