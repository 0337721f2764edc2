"""When a mailing pauses because too many refuse it."""

import pytest

from core.alarm import Refusals, alarm, gist, kind
from core.replies import SmtpReply, Stage

BLOCKED = "550 5.7.1 Our system has detected unusual mail"
CASES = [
    (Refusals(results=100, unknown=34, failed=34), "The list seems old: 34 of 100 addresses"),
    (Refusals(results=100, unknown=29, failed=29), None),
    (Refusals(results=49, unknown=49, failed=49), None),
    (
        Refusals(results=100, policy=20, failed=20, receiver="Gmail", reply=BLOCKED),
        f"Our mail is refused by Gmail: {BLOCKED}",
    ),
    (Refusals(results=20, policy=20, failed=20, reply=BLOCKED), "20 of 20 recipients' mail servers refuse our mail"),
    (Refusals(results=101, policy=20, failed=20, receiver="Gmail", reply=BLOCKED), None),
    (Refusals(results=19, policy=19, failed=19, receiver="Gmail", reply=BLOCKED), None),
    (Refusals(results=60, failed=30, reply="550 No"), "30 of 60 recipients could not be mailed. The most frequent"),
    (Refusals(results=60, failed=29, reply="550 No"), None),
    (Refusals(results=0), None),
]


@pytest.mark.parametrize("refusals, words", CASES)
def test_alarm(refusals, words):
    """Too many unknown addresses, refusals by policy, or failures of any kind pause a mailing; fewer do not."""
    reason = alarm(refusals)
    assert str(reason).startswith(words) if words else reason is None


KINDS = [
    (Stage.RCPT, SmtpReply(550, "5.1.1", "User unknown"), "unknown"),
    (Stage.RCPT, SmtpReply(550, "5.7.1", "Blocked"), "policy"),
    (Stage.DOT, SmtpReply(550, "5.7.26", "Unauthenticated"), "policy"),
    (Stage.DOT, SmtpReply(554, "", "Message not accepted for policy reasons"), "policy"),  # as Yahoo says it
    (Stage.RCPT, SmtpReply(552, "5.2.2", "Mailbox full"), "other"),
    (None, None, "other"),
]


@pytest.mark.parametrize("stage, reply, expected", KINDS)
def test_kind(stage, reply, expected):
    """A failure is laid to the address, to our mail, or to neither."""
    assert kind(stage, reply) == expected


GISTS = [
    ("550 5.7.1 <ann@example.org> blocked n14si1234567eds.271 - gsmtp", "550 5.7.1 … blocked … - gsmtp"),
    ("550 5.7.1 see https://example.com/why?id=1234", "550 5.7.1 see https://example.com/why?id=1234"),
    ("554 [203.0.113.7] is listed", "554 [203.0.113.7] is listed"),
    ("", ""),
]


@pytest.mark.parametrize("answer, expected", GISTS)
def test_gist(answer, expected):
    """Answers that differ in address and session alone count as one; links stay."""
    assert gist(answer) == expected
