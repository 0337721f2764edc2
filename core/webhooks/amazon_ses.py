"""Amazon SES: bounces, complaints and subscriptions as messages of SNS, one or more recipients each.

Both kinds are read: notifications of an identity (`notificationType`) and event publishing of a configuration set
(`eventType`).
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from .. import json_fields as fields
from ..bounces import NO_COMPLAINTS, Reason, Severity, amazon_ses
from .amazon_sns import CONFIRMATION, NOTIFICATION, Topic
from .call import Call, load
from .event import Delivery, Event, when
from .verdict import verdict

_CLASSES = {
    ("Permanent", "NoEmail"): (Severity.HARD, Reason.USER_UNKNOWN),
    # on a list of SES's own: it was not even tried, and never will be
    ("Permanent", "Suppressed"): (Severity.HARD, Reason.FILTERED),
    ("Permanent", "OnAccountSuppressionList"): (Severity.HARD, Reason.FILTERED),
    ("Transient", "MailboxFull"): (Severity.SOFT, Reason.MAILBOX_FULL),
    ("Transient", "MessageTooLarge"): (Severity.SOFT, Reason.MESG_TOO_BIG),
    ("Transient", "ContentRejected"): (Severity.POLICY, Reason.POLICY_VIOLATION),
    ("Transient", "AttachmentRejected"): (Severity.POLICY, Reason.POLICY_VIOLATION),
}
_TYPES = {"Permanent": (Severity.HARD, None)}
_OTHER = (Severity.SOFT, None)
# a sentence, and no JSON, when event publishing is set up
_GREETING = "Successfully validated SNS topic"
_OWN_LISTS = ("Suppressed", "OnAccountSuppressionList")


class AmazonSes:
    name, label = "amazon_ses", "Amazon SES"

    def __init__(self, key: str, certificate: Callable[[str], bytes] | None = None):
        """The topic's ARN, and what fetches a certificate from a URL; what that raises is raised by `read` too."""
        self._topic, self._certificate = Topic(key), certificate

    def read(self, call: Call, now: datetime) -> Delivery:
        """What Amazon says. Raises Refused."""
        message = self._topic.message(call.body, now, self._certificate)
        key = fields.text(message, "MessageId", longest=200)
        if message["Type"] == CONFIRMATION:
            return Delivery(key, confirm_url=self._topic.confirm_url(message))
        if message["Type"] != NOTIFICATION or message["Message"].startswith(_GREETING):
            return Delivery(key)
        return Delivery(key, tuple(_events(load(message["Message"]), now)))


def _events(data: object, now: datetime) -> Iterator[Event]:
    kind = fields.text(data, "notificationType") or fields.text(data, "eventType")
    if kind == "Bounce":
        yield from _bounces(data, now)
    elif kind == "Complaint":
        yield from _complaints(data, now)
    elif kind == "Subscription":
        yield from _unsubscriptions(data, now)


def _bounces(data: object, now: datetime) -> Iterator[Event]:
    bounce = fields.at(data, "bounce")
    kinds = fields.text(bounce, "bounceType"), fields.text(bounce, "bounceSubType")
    told = _CLASSES.get(kinds) or _TYPES.get(kinds[0], _OTHER)
    for one in amazon_ses.failures(data):
        judged = verdict(told, one.status, "", one.diagnostic)
        if kinds[1] in _OWN_LISTS:  # its own words are about the list
            judged |= {"severity": told[0], "reason": told[1]}
        yield from _event(data, bounce, one.address, now, judged)


def _complaints(data: object, now: datetime) -> Iterator[Event]:
    complaint = fields.at(data, "complaint")
    who = amazon_ses.complainers(data)
    if len(who) == 1 and fields.text(complaint, "complaintFeedbackType") not in NO_COMPLAINTS:
        yield from _event(data, complaint, who[0].address, now, {"is_complaint": True})


def _unsubscriptions(data: object, now: datetime) -> Iterator[Event]:
    """SES manages lists by itself where a mail is sent with a contact list: its own link changes them."""
    told, recipients = fields.at(data, "subscription"), fields.at(data, "mail", "destination")
    topics = fields.entries(told, "newTopicPreferences", "topicSubscriptionStatus")
    has_left = fields.at(told, "newTopicPreferences", "unsubscribeAll") is True or any(
        fields.text(topic, "subscriptionStatus") == "OptOut" for topic in topics
    )
    if not has_left or not isinstance(recipients, list) or len(recipients) != 1:
        return
    told = {"feedbackId": fields.at(data, "mail", "messageId"), "timestamp": fields.at(told, "timestamp")}
    address = fields.address({"destination": recipients[0]}, "destination")
    yield from _event(data, told, address, now, {"is_unsubscription": True})


def _event(data: object, told: object, address: str, now: datetime, values: dict) -> Iterator[Event]:
    feedback_id = fields.text(told, "feedbackId", longest=200)
    if address and feedback_id:
        at = when(fields.moment(told, "timestamp"), now)
        yield Event(f"{feedback_id}:{address}", address, at, amazon_ses.message_id(data), **values)
