"""Messages of SNS: Amazon signs for all its customers, so a good signature is not enough."""

import json
from datetime import timedelta

import pytest
from bulk_mailing.core.webhooks import AmazonSes, Refused
from cryptography.hazmat.primitives.asymmetric import ec

ANN, MESSAGE_ID = "ann@shop.test", "<65f1-openerp-7@shop.test>"


@pytest.fixture
def bounce(ses):
    """A bounce of Ann's."""
    return ses.signer.bounce(ANN, MESSAGE_ID)


@pytest.mark.parametrize("version", ["1", "2"])
def test_versions(ses, bounce, version):
    """Both versions of signatures."""
    assert ses.read(*ses.signer.call([bounce], ses.now, SignatureVersion=version)).events


def test_without_subject(ses, bounce):
    """A subject is signed where there is one."""
    assert ses.read(*ses.signer.call([bounce], ses.now, Subject=None)).events


def test_set_up(ses):
    """What SES says when events begin to be published is no JSON, and no reason to tell of a refusal."""
    greeting = "Successfully validated SNS topic for Amazon SES event publishing."
    assert ses.read(*ses.signer.call([{}], ses.now, Message=greeting)).events == ()
    with pytest.raises(Refused, match="no JSON"):
        ses.read(*ses.signer.call([{}], ses.now, Message="Hello"))


OTHERS = [
    {"TopicArn": "arn:aws:sns:eu-west-1:999999999999:mail-events"},
    {"TopicArn": "arn:aws:sns:us-east-1:123456789012:mail-events"},
    {"TopicArn": None},
]


@pytest.mark.parametrize("changes", OTHERS)
def test_topic_of_somebody_else(ses, bounce, changes):
    """Anybody can have Amazon sign; another's topic is refused before a certificate is asked for."""
    with pytest.raises(Refused, match="another topic"):
        ses.read(*ses.signer.call([bounce], ses.now, **changes))
    assert ses.asked == []


URLS = [
    "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
    "https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-0a.pem",
    "https://sns.eu-west-1.amazonaws.com@evil.test/SimpleNotificationService-0a.pem",
    "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a.pem",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem",
    "https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
    "https://sns.eu-west-1.amazonaws.com/bucket/SimpleNotificationService-0a.pem",
    "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem?a=b",
    "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-0a.pem",
    "https://evil.test/#https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
    "file:///etc/passwd",
    "",
    None,
]


@pytest.mark.parametrize("url", URLS)
def test_certificate_from_elsewhere(ses, bounce, url):
    """A certificate is taken from the topic's own region of SNS, and nothing else is asked for anything."""
    with pytest.raises(Refused):
        ses.read(*ses.signer.call([bounce], ses.now, SigningCertURL=url))
    assert ses.asked == []


def test_certificates(ses, bounce):
    """A certificate that is over, not begun, of another kind, or none at all."""
    make = ses.signer.make_certificate
    wrong = (
        make(begins=timedelta(days=-3), lasts=timedelta(days=1)),
        make(begins=timedelta(days=1)),
        make(key=ec.generate_private_key(ec.SECP256R1())),
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        b"",
    )
    call = ses.signer.call([bounce], ses.now)
    for pem in wrong:
        ses.provider = AmazonSes(ses.signer.secret, lambda _url, pem=pem: pem)
        with pytest.raises(Refused, match="not valid now"):
            ses.read(*call)


def test_confirmation(ses):
    """A subscription is confirmed at Amazon's own address, made from the topic that was set."""
    delivery = ses.read(*ses.signer.confirmation(ses.now, SubscribeURL="https://evil.test/?Token=1"))
    assert delivery.events == ()
    assert delivery.confirm_url == (
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
        "&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Amail-events&Token=2336412f37"
    )


def test_forged_confirmation(ses):
    """Without a valid signature there is nothing to confirm."""
    body, headers = ses.signer.confirmation(ses.now)
    with pytest.raises(Refused, match="signature"):
        ses.read(body.replace(b"2336412f37", b"2336412f38"), headers)
    for token in (7, None):
        with pytest.raises(Refused, match="not signed"):
            ses.read(*ses.signer.confirmation(ses.now, Token=token))


def test_farewell(ses):
    """The end of a subscription is no event."""
    delivery = ses.read(*ses.signer.confirmation(ses.now, Type="UnsubscribeConfirmation"))
    assert (delivery.events, delivery.confirm_url) == ((), "")


def test_event_publishing(ses, bounce):
    """A configuration set calls the kind by another name."""
    bounce["eventType"] = bounce.pop("notificationType")
    assert ses.told(bounce)[0].address == ANN


def test_several_recipients(ses, bounce):
    """Each has a verdict and an event of its own."""
    bounce["bounce"]["bouncedRecipients"].append({"emailAddress": "bob@shop.test", "status": "4.2.2"})
    ann, bob = ses.told(bounce)
    assert (ann.severity, bob.severity) == ("hard", "soft")
    assert ann.event_id != bob.event_id


def test_complaint_of_nobody_in_particular(ses):
    """One of several complained, and nobody knows who."""
    several = ses.signer.complaint(ANN, MESSAGE_ID)
    several["complaint"]["complainedRecipients"].append({"emailAddress": "bob@shop.test"})
    assert ses.told(several) == ()


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_no_complaint(ses, kind):
    """A person who says that it is no spam, and a machine that found the signature wrong."""
    told = ses.signer.complaint(ANN, MESSAGE_ID)
    told["complaint"]["complaintFeedbackType"] = kind
    assert ses.told(told) == ()


def test_without_original_headers(ses, bounce):
    """The common headers carry our Message-ID too; without either there is none, and SES's own is not taken for it."""
    bounce["mail"] = {"messageId": "0100-ses", "commonHeaders": {"messageId": MESSAGE_ID}}
    assert ses.told(bounce)[0].message_id == MESSAGE_ID
    del bounce["mail"]["commonHeaders"]
    assert ses.told(bounce)[0].message_id == ""


def test_raw_delivery(ses, bounce):
    """SNS can send without its envelope, and so without a signature: that is refused."""
    with pytest.raises(Refused, match="not signed"):
        ses.read(json.dumps(bounce).encode(), {})


def test_china():
    """Regions in China have another domain, and are reached there."""
    provider = AmazonSes("arn:aws-cn:sns:cn-north-1:123456789012:mail", None)
    url = provider._topic.confirm_url({"Token": "1"})
    assert url.startswith("https://sns.cn-north-1.amazonaws.com.cn/?")
