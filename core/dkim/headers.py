"""Which headers are signed, and in which order (RFC 6376 sections 5.4 and 5.4.2)."""

import functools

from . import canonical

# Signed once more than they are there, so that nobody can put a second one before ours: mail programs show the first,
# verifiers look at the last (RFC 6376 sections 5.4 and 8.15)
_ONCE = (b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references")
_ONCE_MIME = (b"mime-version", b"content-type", b"content-transfer-encoding")
# Signed where they are there. RFC 8058 section 4 asks for both List-Unsubscribe headers, Gmail for Feedback-ID
_AS_OFTEN = (b"sender", b"list-unsubscribe", b"list-unsubscribe-post", b"list-id", b"list-help", b"list-subscribe")
_AS_OFTEN_BULK = (b"precedence", b"feedback-id", b"x-auto-response-suppress")

_SELECTION = (
    *((name, 1) for name in (*_ONCE, *_ONCE_MIME)),
    *((name, 0) for name in (*_AS_OFTEN, *_AS_OFTEN_BULK)),
)


class BadMessage(ValueError):
    """A message that must not be signed."""


def split(message: bytes) -> tuple[bytes, bytes]:
    """Head, without the line end of its last field, and body."""
    head, _empty_line, body = message.partition(b"\r\n\r\n")
    return head.removesuffix(b"\r\n"), body


def selected(head: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The names for the signature's list, and the fields they stand for in canonical form, in that order.

    Raises BadMessage without exactly one From (RFC 5322 section 3.6): which one a signature vouched for would be open.
    """
    fields = [line.partition(b":") for line in canonical.unfolded(head).split(b"\r\n")]
    names = tuple([name.lower().rstrip(b" ") for name, _colon, _value in fields])
    listed, order = _order(names)
    signed = [names[index] + b":" + fields[index][2].strip(b" ") + b"\r\n" for index in order]
    return listed, b"".join(signed)


@functools.lru_cache(maxsize=64)  # the mails of a mailing have the same headers
def _order(names: tuple[bytes, ...]) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """The names as they are listed, and the numbers of the fields in the order in which they are signed."""
    if names.count(b"from") != 1:
        raise BadMessage("a message has exactly one From")
    listed, order = [], []
    for name, more in _SELECTION:
        listed += [name] * (names.count(name) + more)
        # of several the last is signed first
        order += [index for index in reversed(range(len(names))) if names[index] == name]
    return tuple(listed), tuple(order)
