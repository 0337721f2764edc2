"""What an SMTP server said, and what that means for the recipient."""

import re
from dataclasses import dataclass
from enum import Enum

from . import bounces
from .bounces import Reason
from .pacing.throttling import Meaning, rule_for, slows_down

# RFC 3463: class.subject.detail at the start of a reply's text (RFC 2034)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
LONGEST_TEXT = 500
# what nearly every reply looks like, for speed: one line, an enhanced code, words with single spaces
_PLAIN = re.compile(rb"([245]\.\d{1,3}\.\d{1,3}) ([!-~]+(?: [!-~]+)*)\r?")
# RFC 4954, 6: the server wants (other) credentials, whatever the command was
AUTHENTICATION_CODES = frozenset({530, 534, 535, 538})
# what the refusals of a mail's size, form or protocol are about: the mail, or us
_ABOUT_THE_MESSAGE = frozenset(
    {Reason.MESG_TOO_BIG, Reason.EXCEED_LIMIT, Reason.CONTENT_ERROR, Reason.NOT_COMPLIANT_RFC, Reason.SYNTAX_ERROR}
)
_NO_CAUSE = frozenset({Reason.ON_HOLD, Reason.UNDEFINED})


@dataclass(frozen=True)
class SmtpReply:
    """A reply: three-digit code, enhanced status code ("" if the server gives none), and its words in one line."""

    code: int
    enhanced: str = ""
    text: str = ""

    def __str__(self):
        return " ".join(part for part in (str(self.code), self.enhanced, self.text) if part)

    @property
    def is_positive(self):
        """Whether the command succeeded (2yz, or 3yz: go on)."""
        return 200 <= self.code < 400


def parse(code: int, text: bytes | str) -> SmtpReply:
    """The reply with this code and text, as smtplib returns them (RFC 5321, 4.2; RFC 2034). Never raises."""
    if isinstance(text, bytes) and len(text) < LONGEST_TEXT and (simple := _PLAIN.fullmatch(text)):
        return SmtpReply(code, simple[1].decode(), simple[2].decode())
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    # A database takes no NUL, and a log no line breaks of a stranger
    lines = [" ".join(line.replace("\0", " ").split()) for line in words.splitlines()]
    found = _ENHANCED.match(lines[0]) if lines else None
    enhanced = found[1] if found else ""
    # Each line of a multiline reply repeats the enhanced code
    plain = " ".join(line.removeprefix(enhanced).strip() for line in lines)
    return SmtpReply(code, enhanced, plain.strip()[:LONGEST_TEXT])


class Stage(Enum):
    """How far a transaction got when the reply came, or failed to come."""

    CONNECT = "connect"  # connection, TLS, AUTH: nothing of a recipient was said
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"  # the message was handed over completely

    @property
    def command(self) -> str:
        """The SMTP command that was answered."""
        return {"connect": "CONN", "dot": "DATA"}.get(self.value, self.value.upper())


class Verdict(Enum):
    """What is known of a recipient after a transaction."""

    SENT = "sent"
    DEFERRED = "deferred"  # a later attempt, by schedule
    AGAIN = "again"  # at once, on a new connection: nothing was accepted
    FAILED = "failed"
    IN_DOUBT = "in_doubt"  # it may have been accepted without our knowing
    SERVER_TROUBLE = "server_trouble"  # our own server refuses us; no address is to blame
    UNTOUCHED = "untouched"  # not begun: the time was over, or the server in trouble


def judge(stage: Stage, reply: SmtpReply | None) -> Verdict:
    """The verdict on a recipient.

    :param stage: the command that was answered, or that was on its way when the connection broke
    :param reply: None where no reply came
    """
    if stage is Stage.CONNECT:
        return Verdict.SERVER_TROUBLE
    if reply is None:
        return Verdict.IN_DOUBT if stage is Stage.DOT else Verdict.AGAIN
    if reply.is_positive:
        return Verdict.SENT
    if reply.code in AUTHENTICATION_CODES:
        return Verdict.SERVER_TROUBLE
    if reply.code < 500:
        return _judge_temporary(reply)
    # The envelope sender is ours, not the recipient's
    return Verdict.SERVER_TROUBLE if stage is Stage.MAIL else Verdict.FAILED


def _judge_temporary(reply):
    rule = rule_for(reply)
    if rule and rule.means is not Meaning.NEW_CONNECTION:
        return Verdict.DEFERRED
    # RFC 5321, 3.8: at 421 this connection ends; even at the dot it says that nothing was taken
    return Verdict.AGAIN if rule or reply.code == 421 else Verdict.DEFERRED


def asks_to_slow_down(reply: SmtpReply | None) -> bool:
    """Whether what it says holds for everybody at that provider, so that the next mail would get the same reply."""
    return reply is not None and slows_down(reply)


def severity(stage: Stage, reply: SmtpReply | None) -> str | None:
    """How bad a refusal is for the address: "hard", "soft", "policy"; None where it says nothing about it.

    Hard: there is no such address. Soft: the mailbox or its server did not take it. Policy: our mail was not wanted.
    None: the message is to blame, or nobody. The rules are those for reports (`bounces.judge`).
    """
    if reply is None or reply.is_positive or stage in (Stage.CONNECT, Stage.MAIL):
        return None
    how_bad, reason = bounces.judge(reply.enhanced, reply.code, reply.text, stage.command)
    if reply.code < 500:
        return "policy" if how_bad == "policy" else "soft"
    if stage is Stage.RCPT:
        return None if reason in _ABOUT_THE_MESSAGE else str(how_bad)
    # the recipient was taken, the mail was not: only what is said of the recipient then counts, and never for good
    if reason in _ABOUT_THE_MESSAGE | _NO_CAUSE:
        return None
    return "soft" if how_bad == "hard" else str(how_bad)
