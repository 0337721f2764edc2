"""The keyed hash of an address."""

import hmac

from core.fingerprint import fingerprint


def test_same_address_same_key():
    """B25: an address that was deleted is known again, also on another day."""
    assert fingerprint(b"secret", "ann@example.org") == fingerprint(b"secret", "ann@example.org")
    assert len(fingerprint(b"secret", "ann@example.org")) == 64


def test_nobody_guesses():
    """B25: without the key nobody can try out addresses, and it is no signature for anything else."""
    known = fingerprint(b"secret", "ann@example.org")
    assert known != fingerprint(b"other", "ann@example.org")
    assert known != fingerprint(b"secret", "bob@example.org")
    assert known != hmac.new(b"secret", b"ann@example.org", "sha256").hexdigest()


def test_any_text():
    """A surrogate is no reason to fail."""
    assert fingerprint(b"secret", "\udcff@example.org")
