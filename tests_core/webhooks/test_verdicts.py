"""The classes of each provider, in the words of its events."""

import pytest

ANN, MESSAGE_ID = "ann@shop.test", "<65f1-openerp-7@shop.test>"
FULL, GONE = "552 5.2.2 mailbox is full", "550 5.1.1 User unknown"

SES = [
    ("Permanent", "General", "", "", ("hard", "undefined")),
    ("Permanent", "NoEmail", "", "", ("hard", "userunknown")),
    ("Permanent", "General", "smtp; " + FULL, "5.2.2", ("soft", "mailboxfull")),
    ("Permanent", "Suppressed", "Amazon SES has suppressed sending: an invalid address", "5.1.1", ("hard", "filtered")),
    ("Permanent", "OnAccountSuppressionList", "", "", ("hard", "filtered")),
    ("Transient", "General", "", "", ("soft", "undefined")),
    ("Transient", "General", GONE, "5.1.1", ("soft", "userunknown")),
    ("Transient", "MailboxFull", "", "", ("soft", "mailboxfull")),
    ("Transient", "ContentRejected", "", "", ("policy", "policyviolation")),
    ("Undetermined", "Undetermined", "", "", ("soft", "undefined")),
]


@pytest.mark.parametrize("kind, subtype, words, status, expected", SES)
def test_ses(ses, kind, subtype, words, status, expected):
    """B3: Amazon SES."""
    [event] = ses.told(ses.signer.bounce(ANN, MESSAGE_ID, kind, subtype, words, status))
    assert (event.severity, event.reason) == expected


SENDGRID = [
    ({"kind": "bounce", "words": GONE}, ("hard", "userunknown")),
    ({"kind": "bounce", "status": ""}, ("hard", "undefined")),
    ({"kind": "bounce", "status": "", "bounce_classification": "Technical"}, ("soft", "undefined")),
    ({"kind": "bounce", "status": "", "bounce_classification": "Reputation"}, ("policy", "badreputation")),
    ({"kind": "bounce", "status": "", "bounce_classification": "Invalid Address"}, ("hard", "userunknown")),
    ({"kind": "blocked", "status": ""}, ("soft", "undefined")),
    ({"kind": "blocked", "words": GONE}, ("soft", "userunknown")),
    ({"event": "dropped", "reason": "Bounced Address"}, ("hard", "filtered")),
    ({"event": "dropped", "reason": "Unsubscribed Address"}, (None, None)),
    ({"event": "group_unsubscribe"}, (None, None)),
    ({"event": "group_resubscribe"}, None),
    ({"event": "deferred", "words": "451 later"}, None),
]


@pytest.mark.parametrize("values, expected", SENDGRID)
def test_sendgrid(sendgrid, values, expected):
    """B3: SendGrid."""
    told = sendgrid.signer.bounce(ANN, MESSAGE_ID, **{name: v for name, v in values.items() if name != "event"})
    events = sendgrid.told(told | {"event": values.get("event", "bounce")})
    assert [(event.severity, event.reason) for event in events] == ([expected] if expected else [])


def test_sendgrid_sends_many(sendgrid):
    """Each event of a list counts for itself, whatever stands beside it."""
    told = [sendgrid.signer.bounce(f"u{n}@shop.test", MESSAGE_ID, event=str(n)) for n in range(300)]
    events = sendgrid.told(*told, {"event": "delivered", "email": ANN}, "nonsense", None)
    assert [event.event_id for event in events] == [str(n) for n in range(300)]


def test_sendgrid_complained_before(sendgrid):
    """A mail that SendGrid drops because its recipient has complained is a complaint."""
    told = {"event": "dropped", "reason": "Spam Reporting Address", "email": ANN, "sg_event_id": "1"}
    assert sendgrid.told(told)[0].is_complaint


MAILGUN = [
    ({"code": 550, "words": GONE}, ("hard", "userunknown")),
    ({"code": 0, "reason": "bounce"}, ("hard", "undefined")),
    ({"code": 552, "words": FULL}, ("soft", "mailboxfull")),
    ({"reason": "suppress-bounce", "code": 605, "words": "Not delivering to a bounced address"}, ("hard", "filtered")),
    ({"reason": "old", "code": 602, "words": "Too old"}, ("soft", "expired")),
    ({"reason": "generic", "code": 550, "words": GONE}, ("hard", "userunknown")),
    ({"reason": "generic", "code": 0}, ("soft", "undefined")),
    ({"reason": "suppress-unsubscribe", "code": 606}, (None, None)),
    ({"severity": "temporary", "code": 450, "words": "greylisted"}, None),
]


@pytest.mark.parametrize("values, expected", MAILGUN)
def test_mailgun(mailgun, values, expected):
    """B3: Mailgun."""
    events = mailgun.told(mailgun.signer.bounce(ANN, MESSAGE_ID, **values))
    assert [(event.severity, event.reason) for event in events] == ([expected] if expected else [])


POSTMARK = [
    ("HardBounce", GONE, ("hard", "userunknown")),
    ("HardBounce", "", ("hard", "undefined")),
    ("SoftBounce", FULL, ("soft", "mailboxfull")),
    ("SoftBounce", GONE, ("soft", "userunknown")),
    ("SpamNotification", "", ("policy", "spamdetected")),
    ("Blocked", GONE, ("policy", "blocked")),
    ("AutoResponder", "I am away", None),
    ("Transient", "delayed", None),
    ("SomethingNew", "", None),
]


@pytest.mark.parametrize("kind, words, expected", POSTMARK)
def test_postmark(postmark, kind, words, expected):
    """B3: Postmark."""
    events = postmark.told(postmark.signer.bounce(ANN, MESSAGE_ID, kind, words))
    assert [(event.severity, event.reason) for event in events] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "values, has_left",
    [({}, True), ({"origin": "Admin"}, False), ({"why": "HardBounce"}, False), ({"stops": False}, False)],
)
def test_postmark_changes_its_list(postmark, values, has_left):
    """Only a person who asks for it leaves: bounces and complaints tell of themselves, and some come back."""
    events = postmark.told(postmark.signer.unsubscription(ANN, 7, **values))
    assert [event.is_unsubscription for event in events] == [True] * has_left


@pytest.mark.parametrize(
    "changed, has_left",
    [
        ({"unsubscribeAll": True}, True),
        ({"unsubscribeAll": False, "topicSubscriptionStatus": [{"subscriptionStatus": "OptOut"}]}, True),
        ({"unsubscribeAll": False, "topicSubscriptionStatus": [{"subscriptionStatus": "OptIn"}]}, False),
    ],
)
def test_ses_changes_its_list(ses, changed, has_left):
    """Who leaves a topic of SES has left, who comes back to it has not."""
    told = ses.signer.unsubscription(ANN, MESSAGE_ID)
    told["subscription"]["newTopicPreferences"] = changed
    assert [event.is_unsubscription for event in ses.told(told)] == [True] * has_left


def test_times(sendgrid):
    """An event happened when its provider says so, unless that cannot be."""
    earlier = sendgrid.now.timestamp() - 3600
    for told, expected in ((earlier, earlier), (None, None), (9e9, None), (0, None), ("soon", None)):
        [event] = sendgrid.told(sendgrid.signer.bounce(ANN, MESSAGE_ID, timestamp=told))
        assert event.occurred_at.timestamp() == (expected or sendgrid.now.timestamp())
