"""International domains: one spelling for comparing and for the wire."""

import idna


def ascii_address(email: str) -> str:
    """The address with its domain in A-labels (`ann@müller.de` -> `ann@xn--mller-kva.de`), the local part untouched.

    So both spellings of a domain become one (RFC 5891; UTS #46 maps capitals and wide letters first). An address
    that is ASCII already comes back as it is, whatever it looks like.

    :raises ValueError: the domain is none that could be registered
    """
    if email.isascii():
        return email
    local, at, domain = email.rpartition("@")
    if domain.isascii():
        return email
    try:
        return local + at + idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError(str(error)) from error


def needs_smtputf8(address: str) -> bool:
    """Whether an address with an ASCII domain can only travel with SMTPUTF8 (RFC 6531): letters before the @."""
    return not address.isascii()
