"""What is known of an address: whether mail can reach it, why not, and what was probably meant."""

from dataclasses import dataclass
from enum import StrEnum

from ..text import _


class Status(StrEnum):
    """How an address stands; only the last is a reason not to take it."""

    UNKNOWN = "unknown"
    VALID = "valid"
    RISKY = "risky"  # mail may arrive, but perhaps not where it was meant to
    INVALID = "invalid"


class Reason(StrEnum):
    """Why; each word has one sentence for people."""

    SYNTAX = "syntax"
    NO_DOMAIN = "no_domain"
    NO_MAIL = "no_mail"
    NO_SERVER = "no_server"
    NO_ANSWER = "no_answer"
    TYPO = "typo"
    DISPOSABLE = "disposable"
    ROLE = "role"
    ADDRESS_ONLY = "address_only"


SENTENCES = {
    Reason.SYNTAX: _("This is not a mail address"),
    Reason.NO_DOMAIN: _("The domain does not exist"),
    Reason.NO_MAIL: _("The domain says that it takes no mail"),
    Reason.NO_SERVER: _("The domain has no mail server"),
    Reason.NO_ANSWER: _("The domain's name servers did not answer"),
    Reason.TYPO: _("The domain looks mistyped"),
    Reason.DISPOSABLE: _("A throw-away address, gone in minutes or days"),
    Reason.ROLE: _("A department or a robot, not a person"),
    Reason.ADDRESS_ONLY: _("The domain names no mail server, only a computer that may be one"),
}


@dataclass(frozen=True)
class Validity:
    """`reason` is None where there is nothing to say; `suggestion` is an address, or empty."""

    status: Status
    reason: Reason | None = None
    suggestion: str = ""
