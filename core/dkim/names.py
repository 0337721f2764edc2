"""The two names of a key: the domain that signs, and the selector that tells its keys apart."""

import re
from collections.abc import Collection

from ..addresses import BadAddress, domain_to_ascii
from ..text import _

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?=[a-z]){_LABEL}")
_SELECTOR = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def clean_domain(text: str) -> str:
    """A domain as people write it, as it goes into a signature: in lower case, A-labels. Raises BadAddress."""
    domain = domain_to_ascii(text.strip().rstrip("."))
    if not _DOMAIN.fullmatch(domain):
        raise BadAddress(_("“%(domain)s” is not a whole domain, such as example.com", domain=text.strip()))
    return domain


def clean_selector(text: str) -> str:
    """A selector (RFC 6376 section 3.1) in lower case. Raises BadAddress."""
    selector = text.strip().lower()
    if not _SELECTOR.fullmatch(selector):
        raise BadAddress(
            _("“%(selector)s” cannot be a selector: use letters, digits and hyphens, such as bulk1", selector=selector)
        )
    return selector


def signing_domains(from_domain: str) -> list[str]:
    """The domains whose signature is aligned with a From: its own, then those above it (RFC 7489 section 3.1.1)."""
    labels = from_domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def free_selector(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` ... that is not taken."""
    number, selector = 1, wanted
    while selector in taken:
        number += 1
        selector = f"{wanted}-{number}"
    return selector
