"""Mailgun: HMAC-SHA256 of a time and a token, in the body.

The signature says nothing of what stands beside it: whoever has seen one call could send others with its token. So a
token is taken once (`Delivery.key`), and only for some hours.
"""

import hmac
from datetime import datetime, timedelta

from .. import json_fields as fields
from ..bounces import Reason, Severity
from ..text import _
from .call import BadKey, Call, check_age, forged, load, unsigned
from .event import Delivery, Event, when
from .verdict import verdict

_MOST_AGE = timedelta(hours=9)  # it tries for eight
_SHORTEST_KEY = 16

# why it gave up, where that is not simply what the receiving server said
_REASONS = {
    "bounce": (Severity.HARD, None),
    "suppress-bounce": (Severity.HARD, Reason.FILTERED),
    "espblock": (Severity.POLICY, Reason.BLOCKED),
    "old": (Severity.SOFT, Reason.EXPIRED),
}
_OTHER = (Severity.SOFT, None)
_COMPLAINED_BEFORE, _LEFT_BEFORE = "suppress-complaint", "suppress-unsubscribe"


class Mailgun:
    name, label = "mailgun", "Mailgun"

    def __init__(self, key: str):
        if len(key) < _SHORTEST_KEY:
            raise BadKey(_("This is not Mailgun's HTTP webhook signing key: it is too short."))
        self._key = key.encode()

    def read(self, call: Call, now: datetime) -> Delivery:
        """What Mailgun says. Raises Refused."""
        data = load(call.body)
        token = self._checked_token(fields.at(data, "signature"), now)
        event = _event(fields.at(data, "event-data"), now)
        return Delivery(token, (event,) if event else ())

    def _checked_token(self, signature: object, now: datetime) -> str:
        parts = [fields.at(signature, name) for name in ("timestamp", "token", "signature")]
        if not all(isinstance(part, str) and part.isascii() and 0 < len(part) < 200 for part in parts):
            raise unsigned()
        at, token, given = parts
        expected = hmac.digest(self._key, f"{at}{token}".encode(), "sha256").hex()
        if not hmac.compare_digest(expected, given):
            raise forged()
        check_age(fields.seconds(signature, "timestamp"), now, _MOST_AGE)
        # together, as they were signed: digits could be moved from one to the other
        return at + token


def _event(data: object, now: datetime) -> Event | None:
    kind, why = fields.text(data, "event"), fields.text(data, "reason")
    before = why if kind == "failed" else ""
    if kind == "complained" or before == _COMPLAINED_BEFORE:
        values = {"is_complaint": True, "was_dropped": bool(before)}
    elif kind == "unsubscribed" or before == _LEFT_BEFORE:
        values = {"is_unsubscription": True, "was_dropped": bool(before)}
    else:
        has_failed = kind == "failed" and fields.text(data, "severity") == "permanent"
        values = _failure(data, why) if has_failed else None
    address, event_id = fields.address(data, "recipient"), fields.text(data, "id", longest=200)
    if values is None or not address or not event_id:
        return None
    return Event(
        event_id,
        address,
        when(fields.seconds(data, "timestamp"), now),
        fields.message_id(data, "message", "headers", "message-id"),
        **values,
    )


def _failure(data: object, why: str) -> dict:
    status = fields.at(data, "delivery-status")
    words = " ".join(dict.fromkeys(filter(None, (fields.text(status, name) for name in ("message", "description")))))
    told = _REASONS.get(why, _OTHER)
    code = fields.at(status, "code")
    # from 600 on they are Mailgun's own
    code = str(code) if isinstance(code, int) and 400 <= code < 600 else ""
    at_worst = None if why in _REASONS else Severity.HARD
    return verdict(told, fields.text(status, "enhanced-code", longest=20), code, words, at_worst)
