"""Replies of SMTP servers, and what they mean for a recipient."""

import pytest
from bulk_mailing.core.replies import (
    SmtpReply,
    Stage,
    Verdict,
    asks_to_slow_down,
    judge,
    parse,
    severity,
)

PARSED = [
    (250, b"2.1.5 Ok", SmtpReply(250, "2.1.5", "Ok")),
    (250, b"OK", SmtpReply(250, "", "OK")),
    (550, b"5.1.1 <ann@x.org>: no such\r\n5.1.1 user", SmtpReply(550, "5.1.1", "<ann@x.org>: no such user")),
    (450, b"4.2.0", SmtpReply(450, "4.2.0", "")),
    (554, b"5.7.1234 odd", SmtpReply(554, "", "5.7.1234 odd")),  # a near miss: no enhanced code
    (554, b"\xff\xfe\x00 words", SmtpReply(554, "", "\ufffd\ufffd words")),
    (421, b"", SmtpReply(421)),
]


@pytest.mark.parametrize("code, text, expected", PARSED)
def test_parse(code, text, expected):
    """Code, enhanced code and words come apart, whatever bytes a server sends."""
    assert parse(code, text) == expected


def test_reply_reads_as_a_line():
    """The server's words are shown as it said them, on one line."""
    assert str(parse(550, b"5.1.1 No\r\n5.1.1 user")) == "550 5.1.1 No user"


def test_long_text_is_cut():
    """A server that talks without end does not fill the database."""
    assert len(parse(550, b"x" * 100_000).text) == 500


VERDICTS = [
    (Stage.DOT, 250, Verdict.SENT),
    (Stage.RCPT, 450, Verdict.DEFERRED),
    (Stage.MAIL, 451, Verdict.DEFERRED),
    (Stage.DATA, 452, Verdict.DEFERRED),
    (Stage.DOT, 451, Verdict.DEFERRED),
    (Stage.RCPT, 550, Verdict.FAILED),
    (Stage.DATA, 554, Verdict.FAILED),
    (Stage.DOT, 552, Verdict.FAILED),
    (Stage.MAIL, 550, Verdict.SERVER_TROUBLE),
    (Stage.RCPT, 530, Verdict.SERVER_TROUBLE),
    (Stage.CONNECT, 535, Verdict.SERVER_TROUBLE),
    (Stage.CONNECT, 421, Verdict.SERVER_TROUBLE),
    (Stage.CONNECT, None, Verdict.SERVER_TROUBLE),
    (Stage.MAIL, 421, Verdict.AGAIN),
    (Stage.RCPT, 421, Verdict.AGAIN),
    (Stage.DOT, 421, Verdict.AGAIN),
    (Stage.RCPT, None, Verdict.AGAIN),
    (Stage.DATA, None, Verdict.AGAIN),
    (Stage.DOT, None, Verdict.IN_DOUBT),
]


@pytest.mark.parametrize("stage, code, expected", VERDICTS)
def test_judge(stage, code, expected):
    """B4, B5: 4xx is a later attempt, 5xx a failure, our server's own trouble blames nobody."""
    assert judge(stage, code and SmtpReply(code)) is expected


TEMPORARY = [
    # a provider that has enough of us gets no second try at once
    (421, "4.7.28 unusual rate of mail", Verdict.DEFERRED, True),
    (450, "4.7.1 Too many messages, try again in 5 minutes", Verdict.DEFERRED, True),
    (451, "4.7.1 Greylisted, try again in 5 minutes", Verdict.DEFERRED, False),
    (452, "4.2.2 Mailbox full", Verdict.DEFERRED, False),
    # a connection that is at its end gets a successor
    (421, "4.3.2 Service shutting down", Verdict.AGAIN, False),
    (421, "4.7.0 Too many messages for this connection", Verdict.AGAIN, False),
    (452, "4.5.3 Too many recipients", Verdict.AGAIN, False),
]


@pytest.mark.parametrize("code, text, verdict, slow", TEMPORARY)
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
def test_temporary_refusals(stage, code, text, verdict, slow):
    """B4: who asks us to slow down is obeyed; a connection that has had its share is replaced at once."""
    reply = parse(code, text)
    assert (judge(stage, reply), asks_to_slow_down(reply)) == (verdict, slow)


SEVERITIES = [
    (Stage.RCPT, 550, "5.1.1 No such user", "hard"),
    (Stage.RCPT, 550, "5.1.10 No such user", "hard"),
    (Stage.RCPT, 550, "5.1.8 Bad sender", "policy"),  # the sender's address is meant
    (Stage.DOT, 550, "5.1.1 No such user", "soft"),  # the recipient was taken before: a filter may say so
    (Stage.RCPT, 552, "5.2.2 Mailbox full", "soft"),
    (Stage.RCPT, 550, "5.2.1 Mailbox disabled", "soft"),
    (Stage.DOT, 552, "5.3.4 Message too big", None),
    (Stage.DOT, 552, "5.2.3 Message too big for this mailbox", None),
    (Stage.RCPT, 554, "5.4.4 No route", "soft"),
    (Stage.DATA, 554, "5.5.1 No valid recipients", None),
    (Stage.DOT, 554, "5.6.0 Broken message", None),
    (Stage.DOT, 554, "5.7.1 Spam", "policy"),
    (Stage.RCPT, 550, "5.7.26 Not authenticated", "policy"),
    (Stage.DOT, 554, "Message refused as spam", "policy"),
    (Stage.RCPT, 550, "No such user", "hard"),
    (Stage.DOT, 550, "No such user", "soft"),
    (Stage.RCPT, 550, "Qwx", "soft"),  # said at RCPT, so it is about the recipient, but nobody knows what
    (Stage.DOT, 550, "Qwx", None),
    (Stage.RCPT, 550, "5.1.1 Your IP is blacklisted", "policy"),
    (Stage.RCPT, 450, "4.7.1 Poor reputation", "policy"),
    (Stage.RCPT, 450, "4.2.0 Greylisted", "soft"),
    (Stage.MAIL, 550, "5.7.1 Not your address", None),
    (Stage.DOT, 250, "2.0.0 OK", None),
]


@pytest.mark.parametrize("stage, code, text, expected", SEVERITIES)
def test_severity(stage, code, text, expected):
    """B5: only a missing address is hard; policy and the message's own faults never count against an address."""
    assert severity(stage, parse(code, text)) == expected


def test_severity_without_a_reply():
    """A broken connection blames nobody."""
    assert severity(Stage.RCPT, None) is None
