"""Quoted-printable (RFC 2045 section 6.7) in pieces: what is fixed is encoded once, what changes at each mail.

What comes out is in DKIM's relaxed canonical form (RFC 6376 section 3.4.4) already: nowhere two blanks in a row, no
tab, and no blank at the end of a line. Nor does a line begin with a dot, for which SMTP would search each mail.
"""

import binascii
import html
import re

SOFT_BREAK = b"=\r\n"

_LINE = 72
# what needs no encoding unless blanks meet; the common case of names, numbers and addresses
_PLAIN = re.compile(r"[ -<>-~]*").fullmatch
_PLAIN_IN_HTML = re.compile(r"[ !#-%(-;?-~]*").fullmatch
_LINE_BREAK = re.compile(r"\r\n?|\n")
# blanks after blanks, tabs, the last blank of a piece, which may stand at the end of a line, and dots: at its beginning
_TO_HIDE = re.compile(rb"(?<=[ \t]) |\t| (?=x\Z)|\.")
# none of these bytes occurs in UTF-8, so they can stand for what must not be seen
_HIDDEN = {b" ": b"\xff", b"\t": b"\xfe", b".": b"\xfd"}


def encode(text: str) -> bytes:
    """A complete text: lines of at most 76 characters, ended by CRLF, also the last."""
    text = _LINE_BREAK.sub("\n", text)
    return _encode(text if text.endswith("\n") else text + "\n")


def encode_piece(text: str) -> bytes:
    """A piece of a text, to be put between two soft breaks: its last line has room for one more character."""
    if _PLAIN(text) and "  " not in text and text[-1:] != " ":
        return in_lines(text.encode("ascii"))
    # the encoder leaves no room after the last character, so it gets one that is then cut off
    return _encode(_LINE_BREAK.sub("\n", text) + "x")[:-1]


def encode_as_html(text: str) -> bytes:
    """The same for a text that stands in HTML."""
    if _PLAIN_IN_HTML(text) and "  " not in text and text[-1:] != " ":
        return in_lines(text.encode("ascii"))
    return encode_piece(html.escape(text))


def in_lines(data: bytes) -> bytes:
    """A piece without anything to encode but a dot where a line begins."""
    if len(data) <= _LINE and data[:1] != b".":
        return data
    lines = [data[start : start + _LINE] for start in range(0, len(data), _LINE)]
    return SOFT_BREAK.join([b"=2E" + line[1:] if line.startswith(b".") else line for line in lines])


def _encode(text: str) -> bytes:
    data = _TO_HIDE.sub(lambda byte: _HIDDEN[byte[0]], text.encode("utf-8", "replace"))
    data = binascii.b2a_qp(data, istext=True).replace(b"\n", b"\r\n")
    return data.replace(b"=FF", b"=20").replace(b"=FE", b"=09").replace(b"=FD", b"=2E")
