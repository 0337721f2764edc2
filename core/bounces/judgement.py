"""From a server's words to a severity and a reason; the same rules for reports and for replies while sending."""

import re

from . import codes
from .reasons import Reason, Severity
from .rules import Refusal, rule_for

_URL_HOST = re.compile(r"https?://[^\s/?#]{1,200}", re.IGNORECASE)
# (a bare one only of three labels or more: a missing blank after a full stop makes two of any sentence)
_HOST = re.compile(r"(?<![\w.#-])(?:[A-Za-z0-9_-]{1,63}\.){2,8}[a-z]{2,12}(?![\w.]*[A-Z(])")
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']{1,64}@[^\s<>()\[\]:;,\"']{1,255}")
# RFC 5321, 4.2.1: a hyphen behind the code tells that more follows
_FIRST_LINE = re.compile(r"(?<![\w.])([245]\d\d)-(?:([245]\.\d{1,3}\.\d{1,3})\b)?")
_BEFORE_RECIPIENT = {"CONN": Reason.BLOCKED, "HELO": Reason.BLOCKED, "MAIL": Reason.REJECTED}
_QUOTED_ADDRESS = re.compile(r'"[^"\s]{1,64}"@[^\s<>()\[\]:;,"\']{1,255}')


def judge(
    enhanced_status_code: str, smtp_reply_code: str | int, diagnostic: str, command: str = ""
) -> tuple[Severity, Reason]:
    """How bad a refusal is for the address, and why.

    :param command: the SMTP command that was refused, where the diagnostic does not tell; a mailbox is believed to be
        unknown when the server says so at RCPT, or with a status that can mean nothing else
    """
    words = diagnostic[: codes.LONGEST_DIAGNOSTIC]
    status = enhanced_status_code or codes.status(words)
    code = str(smtp_reply_code or "") or codes.reply_code(words)
    refusal = Refusal(status, code, command or codes.command(words), plain(words).lower())
    reason = _reason(refusal)
    if reason.severity is Severity.HARD and _is_temporary(refusal):
        return Severity.SOFT, reason
    return reason.severity, reason


def plain(words: str) -> str:
    """The words in one line, without what names somebody: a host called "spam.example.org" says nothing of spam."""
    words = _URL_HOST.sub("<host>", _one_reply(words))
    words = _QUOTED_ADDRESS.sub("@", words)
    words = _ADDRESS.sub("@", words).replace("<@>", "@").replace("@", "<@>")
    return " ".join(_HOST.sub("<host>", words).split())


def _one_reply(words: str) -> str:
    """Without the codes that each further line of a reply begins with ("550-5.1.1 The account 550 5.1.1 is ...")."""
    first = _FIRST_LINE.search(words)
    if not first:
        return words
    continued = re.compile(rf"(?<=\s){first[1]}[- ](?:{re.escape(first[2] or first[1])}[ ,]?)?")
    return words[: first.end()] + continued.sub("", words[first.end() :])


def _reason(refusal: Refusal) -> Reason:
    rule = rule_for(refusal)
    if rule is None:
        return Reason.ON_HOLD if refusal.words or refusal.code else Reason.UNDEFINED
    if rule.reason.severity is Severity.HARD and rule.reason is not Reason.NOT_ACCEPT:
        # before a recipient was named, none was refused; a server that takes no mail at all says so at once (RFC 7504)
        return _BEFORE_RECIPIENT.get(refusal.command, rule.reason)
    return rule.reason


def _is_temporary(refusal: Refusal) -> bool:
    """Whether whoever refused may take it later; the status is nearer to the truth than a relay's reply code."""
    return (refusal.status or refusal.code).startswith("4")
