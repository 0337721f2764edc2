"""Whether a domain takes mail: MX records, else an address, else nothing."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import dns.exception
import dns.resolver

from ...core.validity import DomainAnswer
from ..deadline import Deadline
from .resolver import PATIENCE_SECONDS, make_resolver

THREADS = 20


class MailDomains(Protocol):
    """Who knows which domains take mail."""

    def ask(self, domain: str) -> DomainAnswer:
        """What the DNS says of a domain in A-labels; never raises."""


class DnsMailDomains:
    """Asks the DNS, for so many seconds a domain in all."""

    def __init__(self, nameservers: list[str] | None = None, port: int = 53, patience: float = PATIENCE_SECONDS):
        self._resolver = make_resolver(nameservers, port)
        self._patience = patience

    def ask(self, domain: str) -> DomainAnswer:
        """As in MailDomains."""
        try:
            return self._ask(domain, Deadline(time.monotonic, self._patience))
        except dns.resolver.NXDOMAIN:
            return DomainAnswer.DOES_NOT_EXIST
        except (dns.resolver.NoNameservers, dns.exception.Timeout, TimeoutError, OSError):
            return DomainAnswer.NO_ANSWER
        except dns.exception.DNSException:
            return DomainAnswer.DOES_NOT_EXIST  # nothing that could stand in the DNS, such as a label of 64 letters

    def _ask(self, domain, deadline):
        records = self._records(domain, "MX", deadline)
        if records:
            hosts = {record.exchange.to_text(omit_final_dot=True) for record in records}
            return DomainAnswer.NULL_MX if hosts == {"."} else DomainAnswer.MAIL_SERVER
        if self._records(domain, "A", deadline) or self._records(domain, "AAAA", deadline):
            return DomainAnswer.ADDRESS_ONLY
        return DomainAnswer.NO_SERVER

    def _records(self, domain, kind, deadline):
        try:
            return list(self._resolver.resolve(domain, kind, search=False, lifetime=deadline.left()))
        except dns.resolver.NoAnswer:
            return []


class FakeMailDomains:
    """Knows what a test tells it; any other domain does not exist."""

    def __init__(self, answers: dict[str, DomainAnswer]):
        self.answers, self.asked = answers, []

    def ask(self, domain: str) -> DomainAnswer:
        """As in MailDomains."""
        self.asked.append(domain)
        return self.answers.get(domain, DomainAnswer.DOES_NOT_EXIST)


def ask_all(domains: MailDomains, names: Iterable[str], threads: int = THREADS) -> dict[str, DomainAnswer]:
    """The answers about many domains, some at a time."""
    names = list(names)
    with ThreadPoolExecutor(threads, thread_name_prefix="mail_domains") as pool:
        return dict(zip(names, pool.map(domains.ask, names), strict=True))
