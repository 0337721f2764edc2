"""Why a mail came back, in one word each, and whether that is held against the address."""

from enum import StrEnum

from ..text import Text, _


class Severity(StrEnum):
    """What a refusal says of the address."""

    HARD = "hard"  # it is dead
    SOFT = "soft"  # it may work another time
    POLICY = "policy"  # the sender or the message was refused; the address has no part in it


class Reason(StrEnum):
    """The cause, in the words that sisimai made usual."""

    USER_UNKNOWN = "userunknown"
    HOST_UNKNOWN = "hostunknown"
    HAS_MOVED = "hasmoved"
    NOT_ACCEPT = "notaccept"

    REJECTED = "rejected"
    BLOCKED = "blocked"
    AUTH_FAILURE = "authfailure"
    REQUIRE_PTR = "requireptr"
    BAD_REPUTATION = "badreputation"
    POLICY_VIOLATION = "policyviolation"
    SPAM_DETECTED = "spamdetected"
    VIRUS_DETECTED = "virusdetected"
    SECURITY_ERROR = "securityerror"
    NO_RELAYING = "norelaying"
    NOT_COMPLIANT_RFC = "notcompliantrfc"
    FAILED_STARTTLS = "failedstarttls"
    CONTENT_ERROR = "contenterror"

    MAILBOX_FULL = "mailboxfull"
    EXPIRED = "expired"
    NETWORK_ERROR = "networkerror"
    SYSTEM_ERROR = "systemerror"
    SYSTEM_FULL = "systemfull"
    TOO_MANY_CONN = "toomanyconn"
    SPEEDING = "speeding"
    EXCEED_LIMIT = "exceedlimit"
    MESG_TOO_BIG = "mesgtoobig"
    SUSPEND = "suspend"
    FILTERED = "filtered"
    MAILER_ERROR = "mailererror"
    SYNTAX_ERROR = "syntaxerror"
    ON_HOLD = "onhold"
    UNDEFINED = "undefined"

    @property
    def severity(self) -> Severity:
        """How bad it is for the address, where it was said for good."""
        return _SEVERITIES.get(self, Severity.SOFT)

    @property
    def explanation(self) -> Text:
        """The cause as a sentence for people."""
        return _EXPLANATIONS[self]


_HARD = (Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.HAS_MOVED, Reason.NOT_ACCEPT)
_POLICY = (
    *(Reason.REJECTED, Reason.BLOCKED, Reason.AUTH_FAILURE, Reason.REQUIRE_PTR, Reason.BAD_REPUTATION),
    *(Reason.POLICY_VIOLATION, Reason.SPAM_DETECTED, Reason.VIRUS_DETECTED, Reason.SECURITY_ERROR),
    *(Reason.NO_RELAYING, Reason.NOT_COMPLIANT_RFC, Reason.FAILED_STARTTLS, Reason.CONTENT_ERROR),
)
_SEVERITIES = dict.fromkeys(_HARD, Severity.HARD) | dict.fromkeys(_POLICY, Severity.POLICY)

_EXPLANATIONS = {
    Reason.USER_UNKNOWN: _("This address does not exist."),
    Reason.HOST_UNKNOWN: _("The domain of this address does not exist."),
    Reason.HAS_MOVED: _("The recipient has moved to another address."),
    Reason.NOT_ACCEPT: _("The domain of this address takes no mail."),
    Reason.REJECTED: _("The receiving server refused the sender's address."),
    Reason.BLOCKED: _("The receiving server refuses mail from the sending server."),
    Reason.AUTH_FAILURE: _("The mail did not pass the check of its origin (SPF, DKIM or DMARC)."),
    Reason.REQUIRE_PTR: _("The sending server has no name in reverse DNS that fits."),
    Reason.BAD_REPUTATION: _("The sending server or domain has a bad reputation there."),
    Reason.POLICY_VIOLATION: _("The mail is against the rules of the receiving server."),
    Reason.SPAM_DETECTED: _("The receiving server took the mail for spam."),
    Reason.VIRUS_DETECTED: _("The receiving server found a virus in the mail, or an attachment that it forbids."),
    Reason.SECURITY_ERROR: _("The receiving server refused the mail for reasons of security."),
    Reason.NO_RELAYING: _("The server does not pass on mail for this address."),
    Reason.NOT_COMPLIANT_RFC: _("The mail breaks a rule of the internet standards for mail."),
    Reason.FAILED_STARTTLS: _("The connection could not be encrypted as required."),
    Reason.CONTENT_ERROR: _("The receiving server cannot read the mail's content."),
    Reason.MAILBOX_FULL: _("The mailbox is full."),
    Reason.EXPIRED: _("The mail could not be delivered in time."),
    Reason.NETWORK_ERROR: _("The receiving server could not be reached."),
    Reason.SYSTEM_ERROR: _("The receiving server had an error."),
    Reason.SYSTEM_FULL: _("The receiving server has no room left."),
    Reason.TOO_MANY_CONN: _("The receiving server got too many connections or recipients at once."),
    Reason.SPEEDING: _("The mails came too fast for the receiving server."),
    Reason.EXCEED_LIMIT: _("The mail is larger than this mailbox allows."),
    Reason.MESG_TOO_BIG: _("The mail is too large for the receiving server."),
    Reason.SUSPEND: _("The mailbox is disabled for now."),
    Reason.FILTERED: _("The recipient or their server did not want this mail, or the address does not exist."),
    Reason.MAILER_ERROR: _("A program that should take the mail there has failed."),
    Reason.SYNTAX_ERROR: _("The servers did not understand each other."),
    Reason.ON_HOLD: _("The receiving server gives a cause that is not known here."),
    Reason.UNDEFINED: _("The receiving server gives no cause."),
}
