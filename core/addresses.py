"""Mail addresses as they go over the wire."""

import re

import idna

from .text import Text, _

# what a dot-atom may hold (RFC 5322 section 3.2.3), or a quoted string without anything that ends or folds it
_LOCAL_PART = re.compile(
    r"""[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"([ !#-\[\]-~]|\\[ -~])*\""""
)
_DOMAIN = re.compile(
    r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*|\[[0-9A-Fa-f.:]+\]"
)


class BadAddress(ValueError):
    """An address that no header can carry; `reason` says why, for people."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


def domain_to_ascii(domain: str) -> str:
    """The A-label form of a domain (RFC 5890): `müller.de` and `xn--mller-kva.de` both give the latter, in lower case.

    Raises BadAddress for what is no domain in either form.
    """
    try:
        ascii_domain = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress(_("“%(domain)s” is not a domain", domain=domain)) from error
    if not _DOMAIN.fullmatch(ascii_domain):
        raise BadAddress(_("“%(domain)s” is not a domain", domain=domain))
    return ascii_domain


def to_ascii(address: str) -> str:
    """The address as plain ASCII: the local part as it is, the domain as A-labels.

    Raises BadAddress where the address is malformed, and where the part before the @ is not ASCII: such mail needs
    SMTPUTF8 (RFC 6531) on every server of the way.
    """
    local_part, at_sign, domain = address.strip().rpartition("@")
    if not at_sign or not local_part:
        raise BadAddress(_("“%(address)s” is not a mail address", address=address))
    if not local_part.isascii():
        raise BadAddress(_("“%(address)s” has letters before the @ that mail servers do not accept", address=address))
    if not _LOCAL_PART.fullmatch(local_part):
        raise BadAddress(_("“%(address)s” is not a mail address", address=address))
    return f"{local_part}@{domain_to_ascii(domain)}"
