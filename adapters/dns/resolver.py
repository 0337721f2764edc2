"""The resolver of this machine, or one that is named."""

import re

import dns.inet
import dns.nameserver
import dns.resolver

PATIENCE_SECONDS = 5.0
_ADDRESS_AND_PORT = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<four>[\d.]+)):(?P<port>\d+)")


def make_resolver(nameservers: list | None = None, port: int = 53) -> dns.resolver.Resolver:
    """Asks the name servers of this machine, or those given."""
    try:
        resolver = dns.resolver.Resolver(configure=nameservers is None)
    except dns.resolver.NoResolverConfiguration:  # a machine without a network: later, perhaps
        resolver = dns.resolver.Resolver(configure=False)
    if nameservers is not None:
        resolver.nameservers, resolver.port = nameservers, port
    resolver.lifetime = PATIENCE_SECONDS
    return resolver


def read_nameservers(text: str) -> list | None:
    """Name servers as people write them (`9.9.9.9, 192.0.2.1:5353, [2001:db8::1]:5353`), or None for an empty text.

    Raises ValueError with the part that is none.
    """
    return [_nameserver(part) for part in re.split(r"[,;\s]+", text.strip()) if part] or None


def _nameserver(part):
    found = _ADDRESS_AND_PORT.fullmatch(part)
    address, port = (found["six"] or found["four"], int(found["port"])) if found else (part, 53)
    if not dns.inet.is_address(address):
        raise ValueError(part)
    return dns.nameserver.Do53Nameserver(address, port)
