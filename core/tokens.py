"""Signatures that let a recipient act without a password: leave, read in the browser, be counted.

A key is always passed in (Odoo's database secret); this module knows no database.
"""

import hmac
import re

_SUBJECT = re.compile(r"\s*unsubscribe-(?P<number>\d{1,18})-(?P<signature>[0-9a-f]{32})\s*", re.IGNORECASE | re.ASCII)


def recipient_token(key: bytes, database: str, mailing_id: int, document_id: int, email: str) -> str:
    """Sign one recipient of one mailing, exactly as Odoo 19 does, so that Odoo's own pages accept it.

    Returns 128 hexadecimal digits: HMAC-SHA512 of the `repr` of the four values
    (`mailing.mailing._generate_mailing_recipient_token`).
    """
    message = repr((database, mailing_id, int(document_id), email)).encode()
    return hmac.digest(key, message, "sha512").hex()


def trace_signature(key: bytes, scope: str, trace_id: int) -> str:
    """Sign a trace for one use (`scope`); a signature made for one use is worth nothing for another.

    Returns 32 hexadecimal digits: 128 bits, as many as can be asked of a link, and short enough for a subject.
    """
    return hmac.digest(key, repr((scope, int(trace_id))).encode(), "sha256").hex()[:32]


def is_signature(key: bytes, scope: str, trace_id: int, given: str) -> bool:
    """Whether `given` is the signature of the trace for that use, compared in constant time."""
    expected = trace_signature(key, scope, trace_id)
    # compare_digest refuses text that is not ASCII, and a stranger may send anything
    return hmac.compare_digest(expected.encode(), given.lower().encode("utf-8", "replace"))


def unsubscribe_subject(trace_id: int, signature: str) -> str:
    """The subject with which a mail asks to leave (RFC 2369, the mailto form of List-Unsubscribe)."""
    return f"unsubscribe-{trace_id}-{signature}"


def read_unsubscribe_subject(subject: str) -> tuple[int, str] | None:
    """The trace and signature in a subject made by `unsubscribe_subject`, or None for any other subject.

    Replies and automatic answers ("Re: ...", "Automatic reply: ...") are other subjects: they quote, they do not ask.
    """
    match = _SUBJECT.fullmatch(subject)
    return (int(match["number"]), match["signature"].lower()) if match else None
