"""Severity and reason of single refusals, in the words of many servers."""

import pytest
from bulk_mailing.core.bounces import Reason, Severity, judge

REFUSALS = [
    # the address
    ("5.1.1", 550, "<ann@shop.test>: Recipient address rejected: User unknown", "", "userunknown"),
    ("", 550, "No such user here", "RCPT", "userunknown"),
    ("5.1.10", 550, "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "", "userunknown"),
    ("5.1.2", 550, "Host unknown", "", "hostunknown"),
    ("5.1.10", 556, "Recipient address has a null MX", "RCPT", "notaccept"),
    ("5.1.6", 551, "Mailbox has moved, no forwarding address", "RCPT", "hasmoved"),
    # the mailbox
    ("5.2.2", 552, "Mailbox is full", "", "mailboxfull"),
    ("", 552, "user is over quota", "RCPT", "mailboxfull"),
    ("5.2.1", 550, "The email account that you tried to reach is disabled.", "", "suspend"),
    ("5.2.1", 550, "User unknown", "", "filtered"),
    ("", 550, "User unknown", "DATA", "filtered"),
    # the sender
    ("5.7.1", 554, "Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "RCPT", "blocked"),
    ("5.7.26", 550, "Unauthenticated email is not accepted due to the domain's DMARC policy", "", "authfailure"),
    ("5.7.25", 550, "The IP address sending this message does not have a PTR record", "", "requireptr"),
    ("5.7.1", 550, "Relay access denied", "RCPT", "norelaying"),
    ("5.1.8", 553, "Domain of sender address news@sender.test does not exist", "", "rejected"),
    ("", 550, "Sender verify failed", "RCPT", "rejected"),
    ("4.7.0", 421, "[TSS04] Messages from 192.0.2.1 temporarily deferred", "", "badreputation"),
    # the message
    ("5.7.1", 550, "Message content rejected, UBE, id=1", "", "spamdetected"),
    ("5.7.9", 554, "Message not accepted for policy reasons", "", "policyviolation"),
    ("5.3.4", 552, "Message size exceeds fixed limit", "", "mesgtoobig"),
    # the machines
    ("4.4.1", 0, "connect to mx.shop.test[192.0.2.1]:25: Connection timed out", "", "expired"),
    ("", 452, "4.3.1 Insufficient disk space", "", "systemfull"),
    ("", 451, "Could not load data for domain", "RCPT", "systemerror"),
]


@pytest.mark.parametrize("status, code, words, command, reason", REFUSALS)
def test_reason(status, code, words, command, reason):
    """B6: the cause is told in one word."""
    assert judge(status, code, words, command)[1] == reason


NEVER_HARD = [
    ("5.1.1", 550, "5.7.1 Message rejected as spam by content filtering"),
    ("5.1.1", 550, "Your IP address is blacklisted by the recipient's server"),
    ("5.1.1", 550, "Rejected for poor reputation of the sending domain"),
    ("4.1.1", 450, "Recipient address rejected: unverified address"),
    ("", 450, "No such user"),
    ("5.1.8", 550, "sender address rejected: domain not found"),
]


@pytest.mark.parametrize("status, code, words", NEVER_HARD)
@pytest.mark.parametrize("command", ["", "MAIL", "RCPT", "DATA"])
def test_never_hard(status, code, words, command):
    """B7: reputation, spam, policy and what may pass are never held against the address, whatever the status says."""
    assert judge(status, code, words, command)[0] is not Severity.HARD


def test_names_say_nothing():
    """A host or a person may be called anything."""
    plain = judge("", 550, "host mx.shop.test said: <ann@shop.test> unknown user", "RCPT")
    odd = judge("", 550, "host spam.quota.test said: <blocked.spam@policy.test> unknown user", "RCPT")
    assert plain == odd == (Severity.HARD, Reason.USER_UNKNOWN)


def test_nothing_known():
    """A refusal without words or codes is soft, and says so."""
    assert judge("", "", "") == (Severity.SOFT, Reason.UNDEFINED)
    assert judge("", 550, "Qwx") == (Severity.SOFT, Reason.ON_HOLD)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained(reason):
    """B8: each word has a sentence for people."""
    assert str(reason.explanation).endswith(".")
