"""SendGrid's "Signed Event Webhook": ECDSA over a time and the body; many events in a call."""

import base64
import hashlib
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .. import json_fields as fields
from ..bounces import Reason, Severity
from ..text import _
from .call import BadKey, Call, Refused, check_age, forged, load, unsigned
from .event import Delivery, Event, when
from .verdict import verdict

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
_MOST_AGE = timedelta(hours=25)  # it tries for a day
_MOST_EVENTS = 10_000

_CLASSES = {
    "invalid address": (Severity.HARD, Reason.USER_UNKNOWN),
    "mailbox unavailable": (Severity.SOFT, None),
    "technical": (Severity.SOFT, None),
    "frequency or volume": (Severity.SOFT, Reason.SPEEDING),
    "reputation": (Severity.POLICY, Reason.BAD_REPUTATION),
    "content": (Severity.POLICY, Reason.POLICY_VIOLATION),
}
# of a bounce that is in none of them
_TYPES = {"bounce": (Severity.HARD, None), "expired": (Severity.SOFT, Reason.EXPIRED)}
_OTHER = (Severity.SOFT, None)  # "blocked": refused, but SendGrid itself would try the address again
# not even tried, as the address is on one of SendGrid's own lists
_DROPPED = {
    "bounced address": (Severity.HARD, Reason.FILTERED),
    "invalid": (Severity.HARD, Reason.USER_UNKNOWN),
}
_COMPLAINED_BEFORE, _LEFT_BEFORE = "spam reporting address", "unsubscribed address"
_LEAVING = ("unsubscribe", "group_unsubscribe")


class SendGrid:
    name, label = "sendgrid", "SendGrid"

    def __init__(self, key: str):
        lines = (line for line in key.splitlines() if not line.startswith("-----"))
        try:
            public_key = serialization.load_der_public_key(base64.b64decode("".join(lines), validate=True))
        except (ValueError, UnsupportedAlgorithm):
            public_key = None
        if not isinstance(public_key, ec.EllipticCurvePublicKey):
            raise BadKey(_("This is not the verification key that SendGrid shows for the signed event webhook."))
        self._public_key = public_key

    def read(self, call: Call, now: datetime) -> Delivery:
        """What SendGrid says. Raises Refused."""
        signed = self._checked(call, now)
        data = load(call.body)
        if not isinstance(data, list) or len(data) > _MOST_EVENTS:
            raise Refused(_("The call holds no list of events."))
        events = tuple(event for entry in data if (event := _event(entry, now)))
        return Delivery(hashlib.sha256(signed).hexdigest(), events)

    def _checked(self, call: Call, now: datetime) -> bytes:
        at, given = call.headers.get(TIMESTAMP, ""), call.headers.get(SIGNATURE, "")
        if not (at.isascii() and at.isdigit() and given):
            raise unsigned()
        signed = at.encode() + call.body
        try:
            self._public_key.verify(base64.b64decode(given, validate=True), signed, ec.ECDSA(hashes.SHA256()))
        except (ValueError, InvalidSignature):
            raise forged() from None
        check_age(fields.seconds({"at": at}, "at"), now, _MOST_AGE)
        return signed


def _event(data: object, now: datetime) -> Event | None:
    kind, why = fields.text(data, "event"), fields.text(data, "reason")
    before = why.lower() if kind == "dropped" else ""
    if kind == "spamreport" or before == _COMPLAINED_BEFORE:
        values = {"is_complaint": True, "was_dropped": bool(before)}
    elif kind in _LEAVING or before == _LEFT_BEFORE:
        values = {"is_unsubscription": True, "was_dropped": bool(before)}
    else:
        values = _failure(data, kind, why)
    address, event_id = fields.address(data, "email"), fields.text(data, "sg_event_id", longest=200)
    if values is None or not address or not event_id:
        return None
    at = when(fields.seconds(data, "timestamp"), now)
    return Event(event_id, address, at, fields.message_id(data, "smtp-id"), **values)


def _failure(data: object, kind: str, why: str) -> dict | None:
    """The verdict; None for what is no failure, or none for good ("deferred")."""
    if kind == "dropped" and why.lower() in _DROPPED:
        severity, reason = _DROPPED[why.lower()]
        return {"severity": severity, "reason": reason, "diagnostic": why}
    if kind != "bounce":
        return None
    told = _CLASSES.get(fields.text(data, "bounce_classification").lower())
    told = told or _TYPES.get(fields.text(data, "type"), _OTHER)
    return verdict(told, fields.text(data, "status", longest=20), "", why)
