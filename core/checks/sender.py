"""The From address."""

from email.utils import getaddresses

from email_validator import EmailNotValidError, validate_email

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def no_valid_sender(draft: Draft) -> list[Finding]:
    """Stop a mailing without a From address, or with one that no server would take."""
    if not draft.email_from.strip():
        return [
            error(
                "from_missing",
                title=_("There is no sender"),
                explanation=_("“Send From” is empty, and mail without a sender is refused everywhere."),
                remedy=_("Fill in “Send From” with an address that you read."),
                field="email_from",
            )
        ]
    if is_address(draft.email_from):
        return []
    return [
        error(
            "from_invalid",
            title=_("The sender's address is not valid"),
            explanation=_("“%(sender)s” is not one complete e-mail address.", sender=draft.email_from.strip()),
            remedy=_("Write it as name@example.com, or with a name as “Your name” <name@example.com>."),
            field="email_from",
        )
    ]


def is_address(email_from: str) -> bool:
    """One mailbox with a full domain, with or without a display name; international domains are welcome."""
    if any(character in email_from for character in "\r\n\0"):
        return False
    mailboxes = getaddresses([email_from])
    if len(mailboxes) != 1:
        return False
    try:
        # whether its domain answers is another check's business; .test is for try-outs (RFC 6761)
        validate_email(mailboxes[0][1], check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError:
        return False
    return True
