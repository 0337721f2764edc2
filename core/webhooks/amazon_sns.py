"""Amazon's notification service (SNS), which brings what SES has to say: signed by a key that Amazon publishes.

A signature shows only that Amazon has sent it, in the name of whichever of its customers. So the topic is asked for
too: it is what the administrator sets, and every address of Amazon is made from it and none taken from the message.
"""

import base64
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from .. import json_fields as fields
from ..text import _
from .call import BadKey, Refused, check_age, forged, load, unsigned

NOTIFICATION, CONFIRMATION = "Notification", "SubscriptionConfirmation"
_SIGNED = {
    NOTIFICATION: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    CONFIRMATION: ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
_SIGNED["UnsubscribeConfirmation"] = _SIGNED[CONFIRMATION]
_HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}  # 1 is what a topic does unless it is told otherwise
_MOST_AGE = timedelta(hours=12)  # it tries for six
_TOPIC = re.compile(r"arn:(?P<partition>aws[a-z-]{0,20}):sns:(?P<region>[a-z0-9-]{1,40}):\d{12}:[\w-]{1,256}(\.fifo)?")
_CERTIFICATE_PATH = re.compile(r"/SimpleNotificationService-[0-9A-Za-z]{1,64}\.pem")


class Topic:
    """A topic of SNS, by its ARN. Raises BadKey."""

    def __init__(self, arn: str):
        found = _TOPIC.fullmatch(arn)
        if not found:
            raise BadKey(_("This is not the ARN of an SNS topic: arn:aws:sns:region:account number:name."))
        self.arn = arn
        self._origin = f"https://sns.{found['region']}.amazonaws.com"
        if found["partition"] == "aws-cn":
            self._origin += ".cn"

    def message(self, body: bytes, now: datetime, certificate: Callable[[str], bytes]) -> dict:
        """The message in a body, checked. Raises Refused."""
        message = load(body)
        names = _SIGNED.get(fields.text(message, "Type"))
        if not names:
            raise unsigned()
        if fields.at(message, "TopicArn") != self.arn:
            raise Refused(_("The message is of another topic."))
        check_age(fields.moment(message, "Timestamp"), now, _MOST_AGE)
        signed = _signed_text(message, names)
        self._check(message, signed, now, certificate)
        return message

    def confirm_url(self, message: dict) -> str:
        """Where a subscription is confirmed."""
        query = {"Action": "ConfirmSubscription", "TopicArn": self.arn, "Token": message["Token"]}
        return f"{self._origin}/?{urlencode(query)}"

    def _check(self, message: dict, signed: bytes, now: datetime, certificate: Callable[[str], bytes]) -> None:
        algorithm = _HASHES.get(fields.text(message, "SignatureVersion"))
        if not algorithm:
            raise unsigned()
        key = _public_key(certificate(self._certificate_url(message)), now)
        try:
            key.verify(base64.b64decode(message.get("Signature"), validate=True), signed, PKCS1v15(), algorithm())
        except (TypeError, ValueError, InvalidSignature):
            raise forged() from None

    def _certificate_url(self, message: dict) -> str:
        url = fields.at(message, "SigningCertURL")
        path = url.removeprefix(self._origin) if isinstance(url, str) and url.startswith(self._origin) else ""
        if not _CERTIFICATE_PATH.fullmatch(path):
            raise Refused(_("The certificate of the message is not Amazon's."))
        return url


def _signed_text(message: dict, names: tuple[str, ...]) -> bytes:
    pairs = [(name, message.get(name)) for name in names if message.get(name) is not None or name != "Subject"]
    if not all(isinstance(value, str) for _name, value in pairs):
        raise unsigned()
    return "".join(f"{name}\n{value}\n" for name, value in pairs).encode("utf-8", "replace")


def _public_key(pem: bytes, now: datetime) -> rsa.RSAPublicKey:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = certificate.public_key()
        is_valid = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    except Exception:  # a certificate that contradicts itself makes the library raise nearly anything
        is_valid, key = False, None
    if not is_valid or not isinstance(key, rsa.RSAPublicKey):
        raise Refused(_("The certificate of the message is not valid now."))
    return key
