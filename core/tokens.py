"""Signatures that let a recipient act without a password: leave, read in the browser, be counted.

A key is always passed in (Odoo's database secret); this module knows no database.
"""

import hmac
import re
from collections.abc import Callable

_SUBJECT = re.compile(r"\s*unsubscribe-(?P<number>\d{1,18})-(?P<signature>[0-9a-f]{32})\s*", re.IGNORECASE | re.ASCII)


def recipient_tokens(key: bytes, database: str, mailing_id: int) -> Callable[[int, str], str]:
    """The function that signs one recipient (document id, address) of a mailing, so that Odoo's own pages accept it.

    It returns 128 hexadecimal digits: HMAC-SHA512 of the `repr` of database, mailing, document and address, as Odoo
    19's `mailing.mailing._generate_mailing_recipient_token`. The key is prepared once: that is half of the work.
    """
    prepared, first = hmac.new(key, digestmod="sha512"), repr((database, mailing_id)).removesuffix(")")

    def sign(document_id: int, email: str) -> str:
        signature = prepared.copy()
        signature.update(f"{first}, {int(document_id)!r}, {email!r})".encode())
        return signature.hexdigest()

    return sign


def trace_signatures(key: bytes, scope: str) -> Callable[[int], str]:
    """The function that signs a trace for one use (`scope`); a signature for one use is worth nothing for another.

    It returns 32 hexadecimal digits: 128 bits, as many as can be asked of a link, and short enough for a subject.
    """
    prepared = hmac.new(key, digestmod="sha256")

    def sign(trace_id: int) -> str:
        signature = prepared.copy()
        signature.update(repr((scope, int(trace_id))).encode())
        return signature.hexdigest()[:32]

    return sign


def is_signature(key: bytes, scope: str, trace_id: int, given: str) -> bool:
    """Whether `given` is the signature of the trace for that use, compared in constant time."""
    expected = trace_signatures(key, scope)(trace_id)
    # compare_digest refuses text that is not ASCII, and a stranger may send anything
    return hmac.compare_digest(expected.encode(), given.lower().encode("utf-8", "replace"))


def read_unsubscribe_subject(subject: str) -> tuple[int, str] | None:
    """The trace and signature in a subject by which one leaves (`content.links`), or None for any other subject.

    Replies and automatic answers ("Re: ...", "Automatic reply: ...") are other subjects: they quote, they do not ask.
    """
    match = _SUBJECT.fullmatch(subject)
    return (int(match["number"]), match["signature"].lower()) if match else None
