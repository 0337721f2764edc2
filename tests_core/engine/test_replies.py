"""Replies of SMTP servers, and what they mean for a recipient."""

import pytest
from bulk_mailing.core.replies import SmtpReply, Stage, Verdict, blames_address, judge, parse

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


BLAMED = [
    (Stage.RCPT, "5.1.1", True),
    (Stage.RCPT, "5.1.10", True),
    (Stage.RCPT, "5.1.8", False),  # the sender's address is meant
    (Stage.RCPT, "5.7.1", False),
    (Stage.RCPT, "5.2.2", False),
    (Stage.RCPT, "", False),
    (Stage.DOT, "5.1.1", False),
]


@pytest.mark.parametrize("stage, enhanced, expected", BLAMED)
def test_blames_address(stage, enhanced, expected):
    """B5: only an addressing status at RCPT is a bounce of the address."""
    assert blames_address(stage, SmtpReply(550, enhanced)) is expected
