"""Amazon SES: bounces, complaints and subscriptions as messages of SNS, one or more recipients each.

Both kinds are read: notifications of an identity (`notificationType`) and event publishing of a configuration set
(`eventType`).
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from ..bounces import Reason, Severity
from . import fields
from .amazon_sns import CONFIRMATION, NOTIFICATION, Topic
from .call import Call
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
# a person who says that it is no spam, and a machine that found the signature wrong
_NO_COMPLAINTS = ("not-spam", "auth-failure")


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
        return Delivery(key, tuple(_events(fields.load(message["Message"]), now)))


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
    for recipient in fields.entries(bounce, "bouncedRecipients"):
        # "smtp; 550 5.1.1 ...": the words begin after their kind (RFC 3464, 2.3.6)
        words = fields.text(recipient, "diagnosticCode").removeprefix("smtp;").strip()
        status = fields.text(recipient, "status", longest=20)
        judged = verdict(told, status, "", words)
        if kinds[1] in _OWN_LISTS:  # its own words are about the list
            judged |= {"severity": told[0], "reason": told[1]}
        if event := _event(data, bounce, recipient, now, judged):
            yield event


def _complaints(data: object, now: datetime) -> Iterator[Event]:
    complaint = fields.at(data, "complaint")
    recipients = fields.entries(complaint, "complainedRecipients")
    # with several, SES only knows that it was one of them
    if len(recipients) != 1 or fields.text(complaint, "complaintFeedbackType") in _NO_COMPLAINTS:
        return
    if event := _event(data, complaint, recipients[0], now, {"is_complaint": True}):
        yield event


def _unsubscriptions(data: object, now: datetime) -> Iterator[Event]:
    """SES manages lists by itself where a mail is sent with a contact list: its own link changes them."""
    told, recipients = fields.at(data, "subscription"), fields.at(data, "mail", "destination")
    topics = fields.entries(told, "newTopicPreferences", "topicSubscriptionStatus")
    has_left = fields.at(told, "newTopicPreferences", "unsubscribeAll") is True or any(
        fields.text(topic, "subscriptionStatus") == "OptOut" for topic in topics
    )
    if not has_left or not isinstance(recipients, list) or len(recipients) != 1:
        return
    recipient = {"emailAddress": recipients[0]}
    told = {"feedbackId": fields.at(data, "mail", "messageId"), "timestamp": fields.at(told, "timestamp")}
    if event := _event(data, told, recipient, now, {"is_unsubscription": True}):
        yield event


def _event(data: object, told: object, recipient: dict, now: datetime, values: dict) -> Event | None:
    address, feedback_id = fields.address(recipient, "emailAddress"), fields.text(told, "feedbackId", longest=200)
    if not address or not feedback_id:
        return None
    at = when(fields.moment(told, "timestamp"), now)
    return Event(f"{feedback_id}:{address}", address, at, _message_id(fields.at(data, "mail")), **values)


def _message_id(mail: object) -> str:
    """Ours, where the notification includes the original headers: SES gives each mail another one."""
    for header in fields.entries(mail, "headers"):
        if fields.text(header, "name").lower() == "message-id":
            return fields.message_id(header, "value")
    return fields.message_id(mail, "commonHeaders", "messageId")
