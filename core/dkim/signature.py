"""A message with the signatures of its domain."""

import base64
import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from . import canonical, headers

_LINE_LENGTH = 76


class PrivateKey(Protocol):
    """What signs; `algorithm` is its name in a DNS record: `rsa` or `ed25519`."""

    algorithm: str

    def sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True)
class SigningKey:
    """A private key, and where the public one is published: `selector._domainkey.domain`, both ASCII."""

    domain: str
    selector: str
    key: PrivateKey


def sign(message: bytes, keys: Sequence[SigningKey], signed_at: int) -> bytes:
    """The message with one DKIM-Signature a key before it, in their order.

    :param message: complete (RFC 5322), its lines ended by CRLF, not dot-stuffed
    :param signed_at: seconds since 1970
    Raises BadMessage without exactly one From.
    """
    head, body = headers.split(message)
    names, signed = headers.selected(head)
    digest = base64.b64encode(hashlib.sha256(canonical.body(body)).digest())
    signatures = [_signature(key, names, signed, digest, signed_at) for key in keys]
    return b"".join([*signatures, message])


def _signature(key: SigningKey, names: tuple[bytes, ...], signed: bytes, digest: bytes, signed_at: int) -> bytes:
    """The header field. Its fold is one blank in canonical form, so the lines are written once for both."""
    lines = [
        f"v=1; a={key.key.algorithm}-sha256; c=relaxed/relaxed; t={signed_at};".encode(),
        f"d={key.domain}; s={key.selector};".encode(),
        *_list_of(names),
        b"bh=" + digest + b";",
    ]
    # its own value empty, and without a line end (RFC 6376 section 3.7)
    own = b"dkim-signature:" + b" ".join([*lines, b"b="])
    value = b"b=" + base64.b64encode(key.key.sign(signed + own))
    lines += [value[start : start + _LINE_LENGTH] for start in range(0, len(value), _LINE_LENGTH)]
    return b"DKIM-Signature: " + b"\r\n ".join(lines) + b"\r\n"


@functools.lru_cache(maxsize=64)
def _list_of(names: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The list of signed headers, broken after colons."""
    lines, line = [], b"h="
    for name in names:
        if len(line) + len(name) >= _LINE_LENGTH:
            lines.append(line)
            line = b""
        line += name + b":"
    return (*lines, line[:-1] + b";")
