"""The addresses behind a host's name, asked for once: who asks again may be told another."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

import dns.exception
import dns.resolver

from ...core.pictures import WebAddress
from ...core.text import _
from .fetcher import NotFetched

MOST_ADDRESSES = 4  # that are tried one after the other


class Names:
    """Asks the DNS (the resolvers of this machine, or those given), never a hosts file or what is found on the way."""

    def __init__(self, nameservers: list[str] | None = None, port: int = 53):
        try:
            self._resolver = dns.resolver.Resolver(configure=nameservers is None)
        except dns.resolver.NoResolverConfiguration:  # a machine without a network
            self._resolver = dns.resolver.Resolver(configure=False)
        if nameservers is not None:
            self._resolver.nameservers, self._resolver.port = nameservers, port

    def addresses(self, web_address: WebAddress, may_connect: Callable, seconds: float) -> list:
        """Where to connect to: only addresses that may be connected to, IPv4 first. Raises NotFetched.

        Which names exist only within our network is nobody's business: the answer is the same for those and for none.
        """
        found = [web_address.ip] if web_address.ip else self._ask(web_address.host, seconds)
        allowed = [address for address in found if may_connect(address)]
        if not allowed:
            raise NotFetched(_("There is no such server on the public internet."))
        return sorted(allowed, key=lambda address: address.version)[:MOST_ADDRESSES]

    def _ask(self, host: str, seconds: float) -> list[IPv4Address | IPv6Address]:
        try:
            answers = self._resolver.resolve_name(host, lifetime=seconds, search=False)
        except dns.exception.Timeout as error:
            raise TimeoutError from error
        except (dns.exception.DNSException, OSError):  # no such name; or no name server
            return []
        return [ip_address(text) for text in answers.addresses()]
