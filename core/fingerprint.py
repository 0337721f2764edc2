"""An address that was deleted is known again by a keyed hash, which gives it away to nobody without the key."""

import hmac

_USE = "deleted address:"  # the same key signs links; a hash for one use is none for another


def fingerprint(key: bytes, address: str) -> str:
    """64 hexadecimal digits (HMAC-SHA256) for a normalised address."""
    return hmac.new(key, f"{_USE}{address}".encode(errors="replace"), "sha256").hexdigest()
