"""Whether a mail that came back softly may arrive at another attempt."""

from .bounces import Reason, RecipientFailure

_PASSES_BY_ITSELF = frozenset(
    {
        *(Reason.MAILBOX_FULL, Reason.EXPIRED, Reason.NETWORK_ERROR, Reason.SYSTEM_ERROR, Reason.SYSTEM_FULL),
        *(Reason.TOO_MANY_CONN, Reason.SPEEDING),
    }
)


def may_help(failure: RecipientFailure) -> bool:
    """Whether to send it again, rather than to be refused for good by the same words a second time."""
    is_temporary = (failure.enhanced_status_code or failure.smtp_reply_code).startswith("4")
    return is_temporary or failure.reason in _PASSES_BY_ITSELF
