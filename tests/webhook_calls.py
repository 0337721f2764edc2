"""Calls as the mail providers make them, signed with keys that are made here.

A signer has the `secret` that an administrator sets, and `call(events, now)` gives body and headers.
"""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail-events"
ORIGIN = "https://sns.eu-west-1.amazonaws.com"
CERTIFICATE_URL = f"{ORIGIN}/SimpleNotificationService-0a1b2c3d.pem"
SIGNED = ("Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type")


class AmazonSes:
    """Wraps what SES says into a message of SNS."""

    provider, secret = "amazon_ses", TOPIC

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = self.make_certificate()
        self._count = 0

    def make_certificate(self, begins=timedelta(days=-1), lasts=timedelta(days=30), key=None):
        """A certificate in PEM, of the signer's key unless told otherwise."""
        begin = datetime.now(UTC) + begins
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        builder = x509.CertificateBuilder(name, name, (key or self.key).public_key(), x509.random_serial_number())
        certificate = builder.not_valid_before(begin).not_valid_after(begin + lasts).sign(self.key, hashes.SHA256())
        return certificate.public_bytes(serialization.Encoding.PEM)

    def call(self, events, now, **changes):
        """A notification about the first of the events; `changes` are fields of the message, made before signing."""
        self._count += 1
        message = {
            "Type": "Notification",
            "MessageId": f"message-{self._count}",
            "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Event Notification",
            "Message": json.dumps(events[0]),
            "Timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "SignatureVersion": "2",
            "SigningCertURL": CERTIFICATE_URL,
            "UnsubscribeURL": f"{ORIGIN}/?Action=Unsubscribe",
            **changes,
        }
        message = {name: value for name, value in message.items() if value is not None}
        return json.dumps(message | {"Signature": self.sign(message)}).encode(), {"Content-Type": "text/plain"}

    def confirmation(self, now, **changes):
        """The call with which a subscription begins."""
        told = {"Type": "SubscriptionConfirmation", "Subject": None, "Message": "Confirm?", "Token": "2336412f37"}
        url = f"{ORIGIN}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37"
        return self.call([{}], now, **{**told, "SubscribeURL": url, **changes})

    def sign(self, message):
        """The signature of a message, in the version that it names."""
        text = "".join(f"{name}\n{message[name]}\n" for name in SIGNED if name in message)
        algorithm = hashes.SHA1() if message["SignatureVersion"] == "1" else hashes.SHA256()
        return base64.b64encode(self.key.sign(text.encode(), PKCS1v15(), algorithm)).decode()

    @staticmethod
    def bounce(address, message_id, kind="Permanent", subtype="General", words="", status="5.1.1", event="1"):
        """A bounce, as a notification that includes the original headers."""
        recipient = {"emailAddress": address, "action": "failed", "status": status, "diagnosticCode": words}
        told = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": [recipient]}
        return {"notificationType": "Bounce", "bounce": told | {"feedbackId": event}} | AmazonSes.mail(message_id)

    @staticmethod
    def complaint(address, message_id, event="1"):
        """A person who pressed "spam"."""
        told = {"complainedRecipients": [{"emailAddress": address}], "complaintFeedbackType": "abuse"}
        return {"notificationType": "Complaint", "complaint": told | {"feedbackId": event}} | AmazonSes.mail(message_id)

    @staticmethod
    def unsubscription(address, message_id):
        """A person who used the link that SES puts into mails to a list of its own."""
        told = {"source": "UnsubscribeHeader", "newTopicPreferences": {"unsubscribeAll": True}}
        mail = AmazonSes.mail(message_id)["mail"] | {"destination": [address]}
        return {"eventType": "Subscription", "subscription": told, "mail": mail}

    @staticmethod
    def mail(message_id):
        headers = [{"name": "From", "value": "news@shop.test"}, {"name": "Message-ID", "value": message_id}]
        return {"mail": {"messageId": "0100-ses", "headersTruncated": False, "headers": headers}}


class SendGrid:
    """Signs a list of events."""

    provider = "sendgrid"

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        self.secret = base64.b64encode(self.key.public_key().public_bytes(*form)).decode()

    def call(self, events, now):
        """All of the events."""
        body, at = json.dumps(events).encode() + b"\r\n", str(int(now.timestamp()))
        signature = self.key.sign(at.encode() + body, ec.ECDSA(hashes.SHA256()))
        return body, {
            "Content-Type": "application/json",
            "X-Twilio-Email-Event-Webhook-Timestamp": at,
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
        }

    @staticmethod
    def bounce(address, message_id, kind="bounce", words="", status="5.1.1", event="1", **values):
        """A bounce."""
        told = {"event": "bounce", "type": kind, "reason": words, "status": status, "sg_event_id": event}
        return {"email": address, "smtp-id": message_id, **told, **values}

    @staticmethod
    def complaint(address, message_id, event="1"):
        """A person who pressed "spam"."""
        return {"email": address, "smtp-id": message_id, "event": "spamreport", "sg_event_id": event}

    @staticmethod
    def unsubscription(address, message_id):
        """A person who used SendGrid's own link."""
        return {"email": address, "smtp-id": message_id, "event": "unsubscribe", "sg_event_id": "1"}


class Mailgun:
    """Signs a time and a token, and puts the first of the events beside them."""

    provider, secret = "mailgun", "key-0123456789abcdef0123"

    def __init__(self):
        self._count = 0

    def call(self, events, now):
        self._count += 1
        at, token = str(int(now.timestamp())), f"token{self._count:045d}"
        signature = hmac.digest(self.secret.encode(), f"{at}{token}".encode(), "sha256").hex()
        signed = {"timestamp": at, "token": token, "signature": signature}
        body = json.dumps({"signature": signed, "event-data": events[0]})
        return body.encode(), {"Content-Type": "application/json"}

    @staticmethod
    def bounce(address, message_id, severity="permanent", reason="bounce", code=550, words="", status="", event="1"):
        """A failure."""
        told = {"code": code, "message": words, "enhanced-code": status, "attempt-no": 1}
        told = {"event": "failed", "severity": severity, "reason": reason, "delivery-status": told}
        return {"id": event, "recipient": address, **told} | Mailgun.mail(message_id)

    @staticmethod
    def complaint(address, message_id, event="1"):
        """A person who pressed "spam"."""
        return {"id": event, "event": "complained", "recipient": address} | Mailgun.mail(message_id)

    @staticmethod
    def unsubscription(address, message_id):
        """A person who used Mailgun's own link."""
        return {"id": "1", "event": "unsubscribed", "recipient": address} | Mailgun.mail(message_id)

    @staticmethod
    def mail(message_id):
        return {"message": {"headers": {"message-id": message_id.strip("<>"), "from": "news@shop.test"}}}


class Postmark:
    """Sends the password along."""

    provider, secret = "postmark", "0123456789abcdef0123"

    def call(self, events, now, password=None):
        given = base64.b64encode(f"postmark:{password or self.secret}".encode()).decode()
        at = now.isoformat().replace("+00:00", "0Z")  # it tells seven digits
        body = json.dumps({"BouncedAt": at, **events[0]}).encode()
        return body, {"Content-Type": "application/json", "Authorization": f"Basic {given}"}

    @staticmethod
    def bounce(address, trace_id, kind="HardBounce", words="", event=1):
        """A bounce; Postmark knows no Message-ID of ours, only what a header told it."""
        told = {"RecordType": "Bounce", "ID": event, "Type": kind, "Details": words, "ServerID": 23}
        return told | {"Email": address, "Metadata": {"trace": trace_id}}

    @staticmethod
    def complaint(address, trace_id, event=1):
        """A person who pressed "spam"."""
        told = {"RecordType": "SpamComplaint", "ID": event, "Type": "SpamComplaint", "ServerID": 23}
        return told | {"Email": address, "Metadata": {"trace": trace_id}}

    @staticmethod
    def unsubscription(address, trace_id, origin="Recipient", why="ManualSuppression", stops=True):
        """A person who used Postmark's own link."""
        told = {"RecordType": "SubscriptionChange", "MessageID": "883953f4", "ChangedAt": datetime.now(UTC).isoformat()}
        told |= {"Recipient": address, "Origin": origin, "SuppressSending": stops, "SuppressionReason": why}
        return told | {"Metadata": {"trace": trace_id}}


SIGNERS = (AmazonSes, SendGrid, Mailgun, Postmark)
