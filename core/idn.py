"""International domains: one spelling for comparing and for the wire."""

import idna

from .addresses import BadAddress, domain_to_ascii


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


def other_spelling(ascii_email: str) -> str:
    """How people write an address with such a domain (`ann@müller.de` for `ann@xn--mller-kva.de`), else ""."""
    local, at, domain = ascii_email.rpartition("@")
    if not at or "xn--" not in domain:
        return ""
    try:
        written = local + at + idna.decode(domain)
        # what does not lead back is a trick, and would make two addresses one
        return written if written != ascii_email and ascii_address(written) == ascii_email else ""
    except (idna.IDNAError, BadAddress):
        return ""
