"""What to publish in DNS, so that others can verify (RFC 6376 section 3.6, RFC 8463 section 4)."""

from dataclasses import dataclass

_LONGEST_STRING = 255  # RFC 1035 section 3.3: a TXT record is made of strings no longer than this


@dataclass(frozen=True)
class DnsRecord:
    """A TXT record: the full name without its last dot, and the value as one text."""

    name: str
    value: str

    def as_zone_line(self) -> str:
        """The record as a name server's zone file takes it, its value in strings that are short enough."""
        pieces = [self.value[start : start + _LONGEST_STRING] for start in range(0, len(self.value), _LONGEST_STRING)]
        strings = " ".join(f'"{piece}"' for piece in pieces)
        return f"{self.name}. IN TXT {strings if len(pieces) == 1 else f'( {strings} )'}"


def dns_record(domain: str, selector: str, algorithm: str, public_key: str) -> DnsRecord:
    """The record of a public key, which is base64 without line breaks."""
    return DnsRecord(f"{selector}._domainkey.{domain}", f"v=DKIM1; k={algorithm}; p={public_key}")
