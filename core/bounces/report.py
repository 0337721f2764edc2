"""What a mail that came back says, recipient by recipient."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .reasons import Reason, Severity

MOST_RECIPIENTS = 200  # of one report; a real one has a few


class Kind(StrEnum):
    """What a mail is that came to the return-path."""

    BOUNCE = "bounce"
    DELAY = "delay"  # whoever reports goes on trying
    COMPLAINT = "complaint"  # a person pressed "spam", or asked to be left alone (RFC 5965)
    AUTO_REPLY = "auto_reply"
    NOT_A_BOUNCE = "not_a_bounce"


@dataclass(frozen=True)
class RecipientFailure:
    """One recipient: how bad it is for the address, why, the codes ("" unknown), and the server's words."""

    address: str
    severity: Severity
    reason: Reason
    enhanced_status_code: str = ""
    smtp_reply_code: str = ""
    diagnostic: str = ""


@dataclass(frozen=True)
class BounceReport:
    """The whole of it.

    `original_message_id` is the Message-ID of the mail of ours that is returned, in angle brackets, "" where unknown;
    `original_date` is that mail's own, in UTC.
    `recipients` of a complaint are who complains; nothing is held against them for it.
    """

    kind: Kind
    recipients: tuple[RecipientFailure, ...] = ()
    original_message_id: str = ""
    feedback_type: str = ""
    original_date: datetime | None = None
