"""What is looked at before a mailing may leave. To add a check: add a file, and its function to `CHECKS`."""

from ..finding import Finding
from .body import empty_body
from .draft import Draft
from .placeholders import unknown_placeholder
from .recipients import no_recipients
from .sender import no_valid_sender
from .server import no_server_for_sender
from .size import body_too_large
from .subject import empty_subject
from .unsubscribe_link import no_unsubscribe_link

# in the order in which people read the report
CHECKS = (
    no_recipients,
    no_valid_sender,
    no_server_for_sender,
    empty_subject,
    empty_body,
    unknown_placeholder,
    no_unsubscribe_link,
    body_too_large,
)

__all__ = ["CHECKS", "Draft", "run"]


def run(draft: Draft) -> list[Finding]:
    """Everything there is to say about the draft, in the order of `CHECKS`."""
    return [finding for check in CHECKS for finding in check(draft)]
