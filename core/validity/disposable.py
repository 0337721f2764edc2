"""Domains that lend addresses for minutes."""

from disposable_email_domains import blocklist


def is_disposable(domain: str) -> bool:
    """Whether the domain, or one that it lies under, is on the list of throw-away providers."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in blocklist for start in range(len(labels) - 1))
