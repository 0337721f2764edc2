"""What is read of delivery status notifications, whatever stands in them."""

from email import message_from_bytes, policy

import pytest
from bulk_mailing.core.delivery_status import read
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = (
    b"From: mailer-daemon@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
)
PART = b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n%b\r\n--b--\r\n"


def report(fields: bytes):
    return message_from_bytes(HEAD + PART % fields, policy=policy.SMTP)


CASES = [
    (b"Action: failed\r\nStatus: 4.4.7", [(True, True)]),
    (b"Action: failed\r\nStatus: 5.2.2 (mailbox full)", [(True, True)]),
    (b"Action: Failed\r\nStatus: 5.1.1", [(True, False)]),
    (b"Action: failed\r\nStatus: 5.2.20", [(True, False)]),
    (b"Action: failed", [(True, False)]),
    (b"Action: delayed\r\nStatus: 4.4.1", [(False, True)]),
    (b"Action: delivered\r\nStatus: 2.1.5", [(False, False)]),
    (b"Action: failed\r\nStatus: 4.2.2\r\n\r\nAction: failed\r\nStatus: 5.1.1", [(True, True), (True, False)]),
    (b"Status: 4.2.2", []),
    (b"", []),
]


@pytest.mark.parametrize("fields, expected", CASES)
def test_read(fields, expected):
    """Whether each recipient has failed, and whether that may pass (RFC 3464, RFC 3463)."""
    assert [(status.has_failed, status.is_soft) for status in read(report(fields))] == expected


WORDS = [
    (b"smtp; 452 4.2.2 Mailbox full", "452 4.2.2 Mailbox full"),
    (b"smtp; 452 Mailbox\r\n full", "4.2.2 452 Mailbox full"),
    (b"x-unix; " + b"a" * 600, "4.2.2 " + "a" * 500),
    (b"", "4.2.2"),
]


@pytest.mark.parametrize("diagnostic, expected", WORDS)
def test_words(diagnostic, expected):
    """The server's words in one line, with the code once."""
    [status] = read(report(b"Action: failed\r\nStatus: 4.2.2\r\nDiagnostic-Code: " + diagnostic))
    assert str(status) == expected


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([policy.SMTP, policy.default, policy.compat32]))
def test_never_raises(junk, kind):
    """Whatever a stranger sends."""
    for raw in (junk, HEAD + junk, HEAD + PART % junk, HEAD + PART % (b"Action: failed\r\nStatus: " + junk)):
        read(message_from_bytes(raw, policy=kind))
