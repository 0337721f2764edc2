"""Which servers receive mail for a domain (MX records)."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import dns.exception
import dns.resolver

from .resolver import PATIENCE_SECONDS, make_resolver

THREADS = 20


class TryLater(Exception):
    """The DNS gave no answer this time: SERVFAIL, or none at all."""


class MailServers(Protocol):
    """Who knows the mail servers of domains."""

    def of(self, domain: str) -> tuple[str, ...]:
        """The names of a domain's mail servers, the preferred first; () where it takes no mail. Raises TryLater."""


class DnsMailServers:
    """Asks the DNS: the resolvers of this machine, or those given."""

    def __init__(self, nameservers: list[str] | None = None, port: int = 53, patience: float = PATIENCE_SECONDS):
        self._resolver = make_resolver(nameservers, port)
        self._resolver.lifetime = patience

    def of(self, domain: str) -> tuple[str, ...]:
        """As in MailServers."""
        try:
            answer = self._resolver.resolve(domain, "MX", search=False)
        except dns.resolver.NXDOMAIN:
            return ()
        except dns.resolver.NoAnswer:
            return (domain,)  # RFC 5321, 5.1: without MX records, the domain's own address counts
        except (dns.resolver.NoNameservers, dns.exception.Timeout, OSError) as error:
            raise TryLater(str(error)) from error
        except dns.exception.DNSException:
            return ()  # nothing that could stand in the DNS, such as a label of 64 letters
        records = sorted(answer, key=lambda record: record.preference)
        names = (record.exchange.to_text(omit_final_dot=True).lower() for record in records)
        return tuple(name for name in names if name != ".")  # RFC 7505: "." takes no mail


class FakeMailServers:
    """Knows what a test tells it; of other domains, that they take no mail."""

    def __init__(self, servers: dict[str, tuple[str, ...] | None]):
        self.servers, self.asked = servers, []

    def of(self, domain: str) -> tuple[str, ...]:
        """As in MailServers; None stands for a DNS that is down."""
        self.asked.append(domain)
        found = self.servers.get(domain, ())
        if found is None:
            raise TryLater(domain)
        return found


def of_all(servers: MailServers, domains: Iterable[str], threads: int = THREADS) -> dict[str, tuple[str, ...] | None]:
    """The mail servers of many domains, some at a time; None for those to be asked about later."""

    def ask(domain):
        try:
            return domain, servers.of(domain)
        except TryLater:
            return domain, None

    with ThreadPoolExecutor(threads, thread_name_prefix="mail_servers") as pool:
        return dict(pool.map(ask, domains))
