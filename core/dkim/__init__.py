"""DKIM signatures (RFC 6376, 8301, 8463) on complete messages. `adapters/dkim` has the keys."""

from .headers import BadMessage
from .record import DnsRecord, dns_record
from .signature import PrivateKey, SigningKey, sign

__all__ = ["BadMessage", "DnsRecord", "PrivateKey", "SigningKey", "dns_record", "sign"]
