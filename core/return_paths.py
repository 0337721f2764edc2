"""A return-path of its own for each recipient (VERP): the address that a bounce comes to says whose bounce it is.

`bounce@example.org` becomes `bounce+4711-0123...@example.org`: a trace and its signature. Nobody can make one up.
"""

import re
from collections.abc import Callable
from email.message import Message
from email.parser import BytesHeaderParser

from . import tokens

SCOPE = "bulk_mailing-bounce"
_SIGNED = re.compile(r"[^@]*\+(?P<number>\d{1,18})-(?P<signature>[0-9a-f]{32})@[^@]*", re.IGNORECASE | re.ASCII)
_MENTIONED = re.compile(r"\+\d{1,18}-[0-9a-f]{32}@", re.IGNORECASE | re.ASCII)
# where mail servers note the envelope's recipient: Postfix, then qmail and Courier, then Exim, then fetchmail's hosts
_ENVELOPE_HEADERS = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To")
LONGEST_HEAD = 64 * 1024
# 64 octets before the @ (RFC 5321, 4.5.3.1.1), less "+", "-", the signature and a number of traces that nobody reaches
LONGEST_LOCAL_PART = 64 - 2 - 32 - 12


def can_be_extended(address: str) -> bool:
    """Whether what is before the @ leaves room for a trace."""
    return len(address.rpartition("@")[0].encode()) <= LONGEST_LOCAL_PART


def return_paths(key: bytes, address: str) -> Callable[[int], str]:
    """The function that gives each trace its return-path, made from a bounce address."""
    sign = tokens.trace_signatures(key, SCOPE)
    local_part, _at_sign, domain = address.rpartition("@")
    return lambda trace_id: f"{local_part}+{trace_id}-{sign(trace_id)}@{domain}"


def head_of(raw: bytes) -> Message:
    """The headers of a mail that nobody has parsed yet."""
    return BytesHeaderParser().parsebytes(raw[:LONGEST_HEAD])


def came_to(mail: Message) -> list[str]:
    """What may be return-paths among those whom a mail came to, by its headers."""
    headers = [str(value) for name in ("To", "Cc", *_ENVELOPE_HEADERS) for value in mail.get_all(name, [])]
    return mentioned_in(",".join(headers))


def mentioned_in(text: str) -> list[str]:
    """What may be return-paths in a header, without what is around the trace; a parser of addresses may raise there."""
    return _MENTIONED.findall(text)


def trace_of(key: bytes, address: str) -> int | None:
    """The trace of a return-path; None for any other address, and for one with a wrong signature."""
    match = _SIGNED.fullmatch(address.strip())
    if not match or not tokens.is_signature(key, SCOPE, int(match["number"]), match["signature"]):
        return None
    return int(match["number"])
