"""Quoted-printable (RFC 2045 section 6.7) in pieces: what is fixed is encoded once, what changes at each mail."""

import binascii
import re

SOFT_BREAK = b"=\r\n"

# what needs no encoding and cannot make a line too long; the common case of names and numbers
_PLAIN = re.compile(r"[ -<>-~]{0,72}").fullmatch
_LINE_BREAK = re.compile(r"\r\n?|\n")


def encode(text: str) -> bytes:
    """A complete text: lines of at most 76 characters, ended by CRLF, also the last."""
    text = _LINE_BREAK.sub("\n", text)
    return _encode(text if text.endswith("\n") else text + "\n")


def encode_piece(text: str) -> bytes:
    """A piece of a text, to be put between two soft breaks: its last line has room for one more character."""
    if _PLAIN(text):
        return text.encode("ascii")
    # the encoder leaves no room after the last character, so it gets one that is then cut off
    return _encode(_LINE_BREAK.sub("\n", text) + "x")[:-1]


def _encode(text: str) -> bytes:
    data = binascii.b2a_qp(text.encode("utf-8", "replace"), istext=True)
    return data.replace(b"\n", b"\r\n")
