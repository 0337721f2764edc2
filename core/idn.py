"""International domains: one spelling for comparing and for the wire."""

from .addresses import domain_to_ascii


def ascii_address(email: str) -> str:
    """The address with its domain in A-labels (`ann@müller.de` -> `ann@xn--mller-kva.de`), the local part untouched.

    So both spellings of a domain become one. An address whose domain is ASCII comes back as it is, whatever it
    looks like.

    :raises BadAddress: the domain is none that could be registered
    """
    local, at, domain = email.rpartition("@")
    return email if domain.isascii() else local + at + domain_to_ascii(domain)


def needs_smtputf8(address: str) -> bool:
    """Whether an address with an ASCII domain can only travel with SMTPUTF8 (RFC 6531): letters before the @."""
    return not address.isascii()
