"""DKIM signatures (RFC 6376, 8301, 8463) on complete messages. `adapters/dkim` has the keys."""

from .headers import BadMessage
from .names import clean_domain, clean_selector, free_selector, signing_domains
from .record import DnsRecord, dns_record
from .signature import PrivateKey, SigningKey, sign

__all__ = [
    "BadMessage",
    "DnsRecord",
    "PrivateKey",
    "SigningKey",
    "clean_domain",
    "clean_selector",
    "dns_record",
    "free_selector",
    "sign",
    "signing_domains",
]
