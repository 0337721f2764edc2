"""What an SMTP server said, and what that means for the recipient."""

import re
from dataclasses import dataclass
from enum import Enum

from .pacing.throttling import Meaning, rule_for, slows_down

# RFC 3463: class.subject.detail at the start of a reply's text (RFC 2034)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
LONGEST_TEXT = 500
# what nearly every reply looks like, for speed: one line, an enhanced code, words with single spaces
_PLAIN = re.compile(rb"([245]\.\d{1,3}\.\d{1,3}) ([!-~]+(?: [!-~]+)*)\r?")
# RFC 4954, 6: the server wants (other) credentials, whatever the command was
AUTHENTICATION_CODES = frozenset({530, 534, 535, 538})
# RFC 3463, 3.2: bad syntax and bad system address of the *sender*
_SENDER_STATUS = frozenset({"5.1.7", "5.1.8"})
# RFC 3463, 3.3 and 3.4: too large for the mailbox, too large for the system
_ABOUT_THE_MESSAGE = frozenset({"5.2.3", "5.3.4"})
# RFC 3463, 3: mailbox, mail system, network and security or policy; of what is left, the address is blamed elsewhere,
# and protocol and content are ours
_SEVERITY_OF_SUBJECT = {"2": "soft", "3": "soft", "4": "soft", "7": "policy"}
# Servers that give no status: Yahoo 554, Outlook 550 SC-001 and OU-002, Comcast 554, filters of many makers
_POLICY_WORDS = re.compile(
    r"spam|policy|block|black\s?list|deny|denied|reputation|dmarc|spf\b|dkim|unsolicited|junk|\b(SC|OU|DY)-00\d",
    re.IGNORECASE,
)


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
    None: the message is to blame, or nobody.
    """
    if reply is None or reply.is_positive or stage in (Stage.CONNECT, Stage.MAIL):
        return None
    if reply.code < 500:
        return "soft"
    if _blames_address(stage, reply):
        return "hard"
    if reply.enhanced in _ABOUT_THE_MESSAGE:
        return None
    if not reply.enhanced:
        return "policy" if _POLICY_WORDS.search(reply.text) else None
    return _SEVERITY_OF_SUBJECT.get(reply.enhanced.split(".")[1])


def _blames_address(stage: Stage, reply: SmtpReply) -> bool:
    """Whether a refusal says that the address itself is bad: a bounce (RFC 3463, 3.2: X.1.X addressing status)."""
    return stage is Stage.RCPT and reply.enhanced.startswith("5.1.") and reply.enhanced not in _SENDER_STATUS
