"""What a provider tells of one recipient."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..bounces import Reason, Severity

_LONGEST_AGO = timedelta(days=60)


def when(told: datetime | None, now: datetime) -> datetime:
    """When an event happened: as told, where that can be."""
    return told if told and now - _LONGEST_AGO <= told <= now else now


@dataclass(frozen=True)
class Event:
    """A mail that did not arrive for good, a complaint, or somebody who leaves (both without severity and reason).

    `event_id` is the provider's, the same however often it tells of the event. `message_id` is the Message-ID of our
    mail in angle brackets, "" where the provider does not know it; `trace_id` is ours, where a header of ours told it.
    `occurred_at` is in UTC. `was_dropped`: the provider did not try, as they had complained or left before.
    """

    event_id: str
    address: str
    occurred_at: datetime
    message_id: str = ""
    trace_id: int = 0
    severity: Severity | None = None
    reason: Reason | None = None
    enhanced_status_code: str = ""
    smtp_reply_code: str = ""
    diagnostic: str = ""
    is_complaint: bool = False
    is_unsubscription: bool = False
    was_dropped: bool = False


@dataclass(frozen=True)
class Delivery:
    """A call that is really the provider's.

    `key` is the same for the same call and no other. `confirm_url` is to be asked for once, to begin the subscription.
    """

    key: str
    events: tuple[Event, ...] = ()
    confirm_url: str = ""
