"""Postmark signs nothing: it sends a name and a password that were set there (HTTP's basic authentication)."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from .. import json_fields as fields
from ..bounces import Reason, Severity
from ..text import _
from .call import BadKey, Call, Refused, check_age, forged, load, unsigned
from .event import Delivery, Event, when
from .verdict import verdict

# Postmark makes Message-IDs anew; what such a header says comes back with each event
TRACE_HEADER = "X-PM-Metadata-trace"
_TRACE = "trace"
_MOST_AGE = timedelta(hours=36)  # of the event; it tries for half a day
_SHORTEST_PASSWORD = 16

# those that are missing are delays, automatic answers, or about ourselves
_TYPES = {
    "HardBounce": (Severity.HARD, None),
    "BadEmailAddress": (Severity.HARD, Reason.USER_UNKNOWN),
    "ManuallyDeactivated": (Severity.HARD, Reason.FILTERED),
    "SoftBounce": (Severity.SOFT, None),
    "Unknown": (Severity.SOFT, None),
    "DnsError": (Severity.SOFT, Reason.NETWORK_ERROR),
    "AddressChange": (Severity.SOFT, Reason.HAS_MOVED),
    "SpamNotification": (Severity.POLICY, Reason.SPAM_DETECTED),
    "VirusNotification": (Severity.POLICY, Reason.VIRUS_DETECTED),
    "Blocked": (Severity.POLICY, Reason.BLOCKED),
    "DMARCPolicy": (Severity.POLICY, Reason.AUTH_FAILURE),
}
_COMPLAINT = "SpamComplaint"
# its lists also change by bounces, by complaints, and by hand
_LEAVING = {"Origin": "Recipient", "SuppressionReason": "ManualSuppression"}


class Postmark:
    name, label = "postmark", "Postmark"

    def __init__(self, key: str):
        if len(key) < _SHORTEST_PASSWORD:
            raise BadKey(
                _(
                    "Take a password of at least %(least)d characters, made at random: nothing else protects this.",
                    least=_SHORTEST_PASSWORD,
                )
            )
        self._password = key.encode()

    def read(self, call: Call, now: datetime) -> Delivery:
        """What Postmark says. Raises Refused."""
        if not hmac.compare_digest(_password(call), self._password):
            raise forged()
        data = load(call.body)
        if not isinstance(data, dict):
            raise Refused(_("The call holds no event."))
        read = _unsubscription if fields.text(data, "RecordType") == "SubscriptionChange" else _event
        event = read(data, now)
        return Delivery(hashlib.sha256(call.body).hexdigest(), (event,) if event else ())


def _password(call: Call) -> bytes:
    kind, _blank, given = call.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        raise unsigned()
    try:
        return base64.b64decode(given.strip(), validate=True).partition(b":")[2]
    except ValueError:
        raise unsigned() from None


def _event(data: dict, now: datetime) -> Event | None:
    record, kind = fields.text(data, "RecordType"), fields.text(data, "Type")
    is_complaint = record == _COMPLAINT or (record == "Bounce" and kind == _COMPLAINT)
    has_failed = record == "Bounce" and kind in _TYPES
    address, number = fields.address(data, "Email"), fields.at(data, "ID")
    if not (address and isinstance(number, int) and (is_complaint or has_failed)):
        return None
    at = fields.moment(data, "BouncedAt")
    check_age(at, now, _MOST_AGE)
    return Event(
        # numbers of a server begin anew on another one
        f"{fields.text(data, 'ServerID', longest=40)}:{number}"[:200],
        address,
        when(at, now),
        trace_id=fields.number(data, "Metadata", _TRACE),
        is_complaint=is_complaint,
        **({} if is_complaint else _failure(data, kind)),
    )


def _unsubscription(data: dict, now: datetime) -> Event | None:
    address, mail = fields.address(data, "Recipient"), fields.text(data, "MessageID", longest=100)
    is_theirs = all(fields.text(data, name) == value for name, value in _LEAVING.items())
    if not (address and mail and is_theirs and fields.at(data, "SuppressSending") is True):
        return None
    at = fields.moment(data, "ChangedAt")
    check_age(at, now, _MOST_AGE)
    trace_id = fields.number(data, "Metadata", _TRACE)
    return Event(mail, address, when(at, now), trace_id=trace_id, is_unsubscription=True)


def _failure(data: dict, kind: str) -> dict:
    words = fields.text(data, "Details") or fields.text(data, "Description")
    return verdict(_TYPES[kind], "", "", words)
