"""Private keys for DKIM. `core/dkim` says what a key must be able to do (`PrivateKey`), and makes the signatures."""

from .keys import ALGORITHMS, BadKey, Ed25519Key, RsaKey, generate, load

__all__ = ["ALGORITHMS", "BadKey", "Ed25519Key", "RsaKey", "generate", "load"]
