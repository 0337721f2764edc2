"""Whatever comes in: never an exception, and work that grows with the mail, not faster."""

import random
import sys

import pytest
from bulk_mailing.core.bounces import BounceReport, Kind, classify, judge
from bulk_mailing.core.bounces import letter as letters
from bulk_mailing.core.bounces.detectors import DETECTORS
from bulk_mailing.core.bounces.mime import LARGEST_MAIL
from bulk_mailing.core.bounces.rules import rule_for
from bulk_mailing.core.bounces.transcript import exchanges_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tests_core.bounces.samples import SAMPLES

REPORT = b"""\
Return-Path: <>
Subject: =?utf-8?q?Undeliverable?=
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=iso-2022-jp
Content-Transfer-Encoding: base64

VGhpcyBpcyB0aGUgbWFpbCBzeXN0ZW0gYXQgaG9zdA==
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx

Final-Recipient: rfc822; ann@shop.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b1--
"""


@given(st.binary(max_size=2_000))
@settings(max_examples=200, deadline=None)
def test_any_bytes(raw):
    """Bytes from anywhere."""
    assert isinstance(classify(raw), BounceReport)


@given(st.text(max_size=300), st.text(max_size=10), st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=200, deadline=None)
def test_any_words(words, status, code, command):
    """Words from anywhere have a verdict."""
    severity, reason = judge(status, code, words, command)
    assert severity in ("hard", "soft", "policy")
    assert reason


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_report(data):
    """Bits flipped, pieces cut out or doubled."""
    raw = bytearray(REPORT)
    for _damage in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    assert isinstance(classify(bytes(raw)), BounceReport)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_damaged_samples(sample, letter):
    """Each dialect, cut off and with bits flipped; the mail is read, not just survived."""
    raw, dice = letter(sample), random.Random(1)
    for _attempt in range(20):
        damaged = bytearray(raw[: dice.randrange(1, len(raw))])
        for _bit in range(5):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        found = letters.read(bytes(damaged))
        for detect in DETECTORS:
            detect(found)


HOSTILE = {
    "boundaries": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * 50_000,
    "nesting": b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000)),
    "headers": b"X: y\n" * 100_000 + b"\n",
    "encoded words": b"Subject: " + b"=?a?q?" * 50_000 + b"\n\n",
    "addresses": b"Subject: Undeliverable\nFrom: mailer-daemon@x\n\n" + b"a@" * 100_000,
    "quotes": b"From: mailer-daemon@x\n\nundeliverable " + b'"' * 200_000,
    "tags": b"Content-Type: text/html\n\n" + b"<style>" * 50_000,
    "fields": b"Content-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; a@b.c\nAction: failed\n" * 20_000,
    "session": b"From: mailer-daemon@x\n\nTranscript of session follows. Out: 220 x\n" + b" Out: 550 x\n" * 20_000,
    "dialect": b"This is the qmail\n\n" + b"<a@b.c>:\n550 x\n" * 20_000,
    "charset": b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 200_000,
    "blanks": b"From: mailer-daemon@x\n\n" + b" " * 500_000 + b"x",
    "rules": b"From: mailer-daemon@x\n\n" + b"\n" * 100_000 + b"-" * 200_000,
    "json": b'\n{"notificationType":' + b"[" * 100_000,
}


@pytest.mark.parametrize("subject", [b"=?utf-8?b?A?=", b"=?x?q?a?=", b"=?utf-8?q?=FF?=", b"\xff\xfe"])
def test_broken_subject(subject):
    """A subject that cannot be decoded does not hide what the mail says."""
    raw = (
        b"Subject: " + subject + b"\n\nHi. This is the qmail-send program\n\n<ann@shop.test>:\n550 5.1.1 no such user\n"
    )
    assert [one.address for one in classify(raw).recipients] == ["ann@shop.test"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name):
    """Made to keep us busy, or to blow the stack."""
    assert isinstance(classify(HOSTILE[name]), BounceReport)


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_mail(name):
    """Counted in calls, not in seconds: twice the mail is twice the work, and no more."""
    raw = HOSTILE[name]
    assert _calls(raw[:40_000]) <= 2.5 * _calls(raw[:20_000]) + 500


TOLD_TOGETHER = {
    "one reason": "The user(s) account is " + "a " * 900 + "\n%s",
    "one session": "A message that you sent could not be delivered\n\n%s"
    + ">>> NOOP\n" * 900
    + "<<< 550 5.1.1 unknown\n",
}


@pytest.mark.parametrize("name", TOLD_TOGETHER)
def test_many_who_are_told_the_same(name):
    """What a short report says of two hundred at once is thought about once."""

    def calls(count):
        listed = "".join(f"<ann{number}@shop.test>\n" for number in range(count))
        return _calls(f"From: mailer-daemon@x\n\n{TOLD_TOGETHER[name] % listed}".encode())

    assert calls(200) <= 40 * calls(2)


def test_reading_has_an_end():
    """What stands behind the first megabyte is not read."""
    report = (
        b"Subject: x\n\n"
        + b"\n" * LARGEST_MAIL
        + b"Hi. This is the qmail-send program\n\n<ann@shop.test>:\n550 5.1.1 no\n"
    )
    assert classify(report) == BounceReport(Kind.NOT_A_BOUNCE)


def _calls(raw: bytes) -> int:
    count = 0
    # what an earlier mail has left is nobody's work
    rule_for.cache_clear()
    exchanges_of.cache_clear()

    def count_call(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        classify(raw)
    finally:
        sys.setprofile(None)
    return count
