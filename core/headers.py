"""Header fields as bytes: pure ASCII, folded, and whatever the value, one field stays one field.

Every function takes strings and returns the whole field, `Name: value` with its final CRLF.
"""

import base64
import re

from .addresses import to_ascii
from .text import Text, _

LINE_LENGTH = 76  # RFC 2047 section 2 allows 76 where there are encoded-words; RFC 5322 section 2.1.1 recommends 78
_ENCODED_WORD_FRAME = len("=?utf-8?b??=")
_ENCODED_WORD_LENGTH = 75

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NEEDS_ESCAPE = re.compile(r'[\\"]')
_NOT_IN_TOKEN = re.compile(r"[^!-~]")
_NOT_IN_URI = re.compile(r"[^!-;=?-~]")
# the common case, which needs neither encoding nor folding
_SIMPLE_TEXT = re.compile(r"[!-<>-~][ -<>-~]*(?<! )").fullmatch
_SIMPLE_NAME = re.compile(r"[!#-<>-\[\]-~][ !#-<>-\[\]-~]*(?<! )").fullmatch
_SIMPLE_ADDRESS = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)+").fullmatch


class BadHeader(ValueError):
    """A value that this header must not carry; `reason` says why, for people."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


def printable(text: str) -> str:
    """The text as one line of valid characters: line breaks and control characters become a space.

    A lone surrogate, which no encoding can carry, becomes a question mark.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    valid = text.encode("utf-8", "replace").decode("utf-8")
    return _UNPRINTABLE.sub(" ", valid).strip()


def unstructured(name: str, text: str) -> bytes:
    """A field that is read as text, such as Subject (RFC 5322 section 3.6.5), in encoded-words where needed."""
    if len(name) + len(text) < LINE_LENGTH - 2 and _SIMPLE_TEXT(text):
        return f"{name}: {text}\r\n".encode("ascii")
    text = printable(text)
    lines = _fold(name, text) if _is_plain(text) else None
    return _field(name, lines or _encoded_words(text, len(name) + 2))


def mailbox(name: str, display_name: str, address: str) -> bytes:
    """A field with one address (RFC 5322 section 3.4): `To: "Ann" <ann@example.org>`. Raises BadAddress."""
    is_short = len(name) + len(display_name) + len(address) < LINE_LENGTH - len(': "" <>')
    if is_short and _SIMPLE_NAME(display_name) and _SIMPLE_ADDRESS(address):
        return f'{name}: "{display_name}" <{address}>\r\n'.encode("ascii")
    address = to_ascii(address)
    display_name = printable(display_name)
    if not display_name:
        return _field(name, [address])
    words = _display_name(name, display_name)
    last = f"{words[-1]} <{address}>"
    room = LINE_LENGTH - (len(name) + 2 if len(words) == 1 else 1)
    return _field(name, [*words[:-1], last] if len(last) <= room else [*words, f"<{address}>"])


def token(name: str, value: str) -> bytes:
    """A field whose value software reads as it stands, such as Message-ID: never encoded, never folded.

    Raises BadHeader for anything but printable ASCII without spaces, and for nothing at all.
    """
    if not value or len(value) > 900 or _NOT_IN_TOKEN.search(value):
        raise BadHeader(_("“%(value)s” cannot stand in the header %(name)s", value=value[:60], name=name))
    return _field(name, [value])


def uris(name: str, values: list[str]) -> bytes:
    """A list of addresses of the web kind (RFC 2369): `<https://...>, <mailto:...>`, folded only between two of them.

    Encoded-words are not allowed here and would make one-click unsubscribing fail (RFC 8058). Empty values are left
    out; with none left there is no field at all. Raises BadHeader for a value with spaces, brackets or non-ASCII.
    """
    values = [value for value in values if value]
    for value in values:
        if len(value) > 900 or _NOT_IN_URI.search(value):
            raise BadHeader(_("“%(value)s” cannot stand in the header %(name)s", value=value[:60], name=name))
    if not values:
        return b""
    return _field(name, [f"<{value}>," for value in values[:-1]] + [f"<{values[-1]}>"])


def _field(name: str, lines: list[str]) -> bytes:
    return (f"{name}: " + "\r\n ".join(lines) + "\r\n").encode("ascii")


def _is_plain(text: str) -> bool:
    # "=?" could be taken for an encoded-word that is not one
    return text.isascii() and "=?" not in text


def _fold(name: str, text: str) -> list[str] | None:
    """Lines broken before spaces, or None where a word is too long for that."""
    lines, room = [""], LINE_LENGTH - len(name) - 2
    for word in re.findall(r" *[^ ]+", text):
        if lines[-1] and len(lines[-1]) + len(word) > room:
            # the space that the fold itself brings back is the first one of the word
            lines.append(word[1:])
            room = LINE_LENGTH - 1
        else:
            lines[-1] += word
        if len(lines[-1]) > room:
            return None
    return lines


def _display_name(name: str, display_name: str) -> list[str]:
    """The name as a quoted string, folded at its spaces, or as encoded-words where it is not plain ASCII."""
    quoted = '"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", display_name) + '"'
    lines = _fold(name, quoted) if _is_plain(display_name) else None
    return lines or _encoded_words(display_name, len(name) + 2)


def _encoded_words(text: str, taken: int) -> list[str]:
    """RFC 2047 encoded-words, one a line, none cutting a character in two; `taken` columns of the first are in use."""
    data, words = text.encode("utf-8"), []
    room = min(LINE_LENGTH - taken, _ENCODED_WORD_LENGTH)
    while data:
        size = (room - _ENCODED_WORD_FRAME) // 4 * 3
        while size < len(data) and data[size] & 0xC0 == 0x80:  # in the middle of a UTF-8 character
            size -= 1
        words.append(f"=?utf-8?b?{base64.b64encode(data[:size]).decode()}?=")
        data, room = data[size:], _ENCODED_WORD_LENGTH
    return words or [""]
