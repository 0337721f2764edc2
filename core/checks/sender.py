"""The From address."""

import re
from email.utils import getaddresses

from ..finding import Finding, error
from ..text import _
from .draft import Draft

# RFC 5321 4.1.2 without quoted local parts, which receiving servers reject more often than not
LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.UNICODE)
LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?", re.UNICODE)


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
    if _is_address(draft.email_from):
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


def _is_address(email_from: str) -> bool:
    """One mailbox with a full domain, with or without a display name; international domains are welcome."""
    if any(character in email_from for character in "\r\n\0"):
        return False
    mailboxes = getaddresses([email_from])
    if len(mailboxes) != 1:
        return False
    local, _at, domain = mailboxes[0][1].rpartition("@")
    labels = domain.split(".")
    return (
        bool(LOCAL_PART.fullmatch(local))
        and len(local) <= 64
        and len(labels) > 1
        and all(LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )
