"""A server that sends for the sender's domain."""

from email.utils import parseaddr

from ..finding import Finding, error
from ..text import _
from .draft import Draft
from .sender import is_address


def no_server_for_sender(draft: Draft) -> list[Finding]:
    """Stop a mailing that no outgoing server sends under its own From."""
    if draft.has_server_for_from or not is_address(draft.email_from):  # which is the sender check's business
        return []
    domain = parseaddr(draft.email_from)[1].rpartition("@")[2]
    return [
        error(
            "no_server_for_from",
            title=_("No outgoing mail server sends for %(domain)s", domain=domain),
            explanation=_(
                "The mail would leave under another sender than “%(sender)s”, or not at all.", sender=draft.email_from
            ),
            remedy=_(
                "Choose a sender at a domain of yours, or ask an administrator for a mail server for %(domain)s.",
                domain=domain,
            ),
            field="email_from",
        )
    ]
