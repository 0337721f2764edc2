"""From an address and the DNS's answer about its domain to a verdict."""

from collections.abc import Iterable

from .disposable import is_disposable
from .domain_answer import DomainAnswer
from .roles import is_role
from .syntax import is_too_long, parse, repair
from .typos import suggest, suggest_familiar
from .verdict import Reason, Status, Validity

DEAD = {
    DomainAnswer.DOES_NOT_EXIST: Reason.NO_DOMAIN,
    DomainAnswer.NULL_MX: Reason.NO_MAIL,
    DomainAnswer.NO_SERVER: Reason.NO_SERVER,
}


def domain_of(address: str) -> str:
    """The domain to ask the DNS about, in A-labels; empty for what is no address."""
    parts = parse(address)
    return parts[1] if parts else ""


def judge(address: str, answer: DomainAnswer = DomainAnswer.NO_ANSWER, familiar: Iterable[str] = ()) -> Validity:
    """How an address stands, by what the DNS said of its domain; no answer makes nobody invalid.

    `familiar` are domains that many have here: a domain that does not exist is compared with them, too.
    """
    if is_too_long(address):  # nothing is looked for in it, and nothing of it is remembered
        return Validity(Status.INVALID, Reason.SYNTAX)
    parts = parse(address)
    if parts is None:
        return Validity(Status.INVALID, Reason.SYNTAX, _repaired(address))
    local_part, domain = parts
    meant = suggest(domain)
    if answer in DEAD:
        meant = meant or suggest_familiar(domain, tuple(familiar))
        return Validity(Status.INVALID, DEAD[answer], _at(local_part, meant))
    if meant:
        return Validity(Status.RISKY, Reason.TYPO, _at(local_part, meant))
    if answer is DomainAnswer.NO_ANSWER:
        return Validity(Status.UNKNOWN, Reason.NO_ANSWER)
    reason = _risk(local_part, domain, answer)
    return Validity(Status.RISKY, reason) if reason else Validity(Status.VALID)


def _risk(local_part, domain, answer):
    if is_disposable(domain):
        return Reason.DISPOSABLE
    if is_role(local_part):
        return Reason.ROLE
    return Reason.ADDRESS_ONLY if answer is DomainAnswer.ADDRESS_ONLY else None


def _repaired(address: str) -> str:
    """`ann@gmial,com`: both slips at once."""
    local_part, _at_sign, domain = (repair(address) or address).rpartition("@")
    meant = suggest(domain) or (domain if repair(address) else "")
    return _at(local_part, meant) if parse(_at(local_part, meant)) else ""


def _at(local_part: str, domain: str) -> str:
    return f"{local_part}@{domain}" if domain else ""
