"""What a receiver makes of a message: dkimpy, with public keys that come from no DNS."""

import dkim
from bulk_mailing.adapters.dkim import generate
from bulk_mailing.core.dkim import SigningKey, dns_record, sign

DOMAIN = "example.org"
KEYS = {name: SigningKey(DOMAIN, f"bulk-{name}", generate(name)) for name in ("rsa", "ed25519")}
BOTH = tuple(KEYS.values())
SIGNED_AT = 1_700_000_000


def records(*keys: SigningKey) -> dict[str, str]:
    """The values to publish, by their names."""
    found = [dns_record(key.domain, key.selector, key.key.algorithm, key.key.public_key()) for key in keys]
    return {record.name: record.value for record in found}


def verified(message: bytes, number: int = 0, published: dict[str, str] | None = None) -> bool:
    """Whether the signature with this number (from the top) holds."""
    published = records(*BOTH) if published is None else published

    def look_up(name, timeout=5):
        return published.get(name.decode().rstrip("."), "").encode() or None

    # SMTP ends the last line, where we did not (RFC 5321 section 4.1.1.4)
    message = message if message.endswith(b"\r\n") else message + b"\r\n"
    try:
        return dkim.DKIM(message).verify(idx=number, dnsfunc=look_up)
    except dkim.ValidationError:
        return False


def signed(message: bytes, *keys: SigningKey) -> bytes:
    """The message with signatures of these keys, or of both."""
    return sign(message, keys or BOTH, SIGNED_AT)
