"""The SPAMC protocol: what is asked, and what an answer says.

REPORT gives the rules with their points and in words; PROCESS and SYMBOLS do not. What comes back is from outside: it
is a score within reason, or NotAsked.
"""

import re

from ...core.spam import SpamRule, SpamScore
from ...core.text import _
from .asking import NotAsked

PING = b"PING SPAMC/1.5\r\n\r\n"
MOST_RULES, LONGEST_DESCRIPTION = 100, 200

_STATUS = re.compile(rb"SPAMD/\d{1,3}\.\d{1,3} (\d{1,3}) [^\r\n]*")
_PONG = re.compile(rb"SPAMD/\d{1,3}\.\d{1,3} 0 PONG\r\n")
_SPAM = re.compile(rb"^Spam: (?:True|False) ; (-?\d{1,6}(?:\.\d{1,6})?) / -?\d", re.MULTILINE | re.IGNORECASE)
_LENGTH = re.compile(rb"^Content-length: (\d{1,9})\r?$", re.MULTILINE | re.IGNORECASE)
# spaces and not \s, which would also run over lines without end
_HEADING = re.compile(r"^ *-{2,} -{4,} -{4,} *\r?$", re.MULTILINE)  # under "pts rule name description"
_RULE = re.compile(r" *(-?[0-9]{1,6}(?:\.[0-9]{1,6})?) ([A-Za-z_]\w{0,99})(?: (.*))?", re.ASCII)
_CONTINUED = re.compile(r" {20,}([^ ].*)")
_WHERE = re.compile(r"^(?:BODY|RAW|URI|HEADER|FULL|META): ")  # which part of the mail the rule looks at
_NO_DESCRIPTION = "No description available."


def request(message: bytes) -> bytes:
    """What asks for the report on a message."""
    return b"REPORT SPAMC/1.5\r\nContent-length: %d\r\n\r\n%b" % (len(message), message)


def is_pong(answer: bytes) -> bool:
    """Whether this is spamd's answer to PING."""
    return bool(_PONG.match(answer))


def read_score(answer: bytes) -> SpamScore:
    """The score in an answer to REPORT. Raises NotAsked."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    status, spam, length = _STATUS.match(head), _SPAM.search(head), _LENGTH.search(head)
    if not (blank and status):
        raise not_spamd()
    if int(status[1]):
        raise NotAsked(_("The spam filter could not look at the message (code %(code)d).", code=int(status[1])))
    if not spam or (length and len(body) < int(length[1])):
        raise cut_off()
    return SpamScore(float(spam[1]), _rules(body.decode(errors="replace")))


def _rules(report: str) -> tuple[SpamRule, ...]:
    """The rules in the table of a report; none where there is no such table."""
    heading = _HEADING.search(report)
    rules = []
    for line in report[heading.end() :].splitlines()[1:] if heading else ():
        rule, continued = _RULE.fullmatch(line), _CONTINUED.fullmatch(line)
        if continued and rules:
            rules[-1][2] = f"{rules[-1][2]} {continued[1]}".strip()
        elif rule and len(rules) < MOST_RULES:
            rules.append([rule[2], float(rule[1]), rule[3] or ""])
        else:
            break
    return tuple(SpamRule(name, points, _in_words(description)) for name, points, description in rules)


def _in_words(description: str) -> str:
    # no control character reaches the database, where a NUL would be refused
    printable = "".join(c if c.isprintable() else " " for c in description[:LONGEST_DESCRIPTION])
    words = _WHERE.sub("", " ".join(printable.split()))
    return "" if words == _NO_DESCRIPTION else words


def not_spamd() -> NotAsked:
    """The answer of something else."""
    return NotAsked(_("What answers there is not the spam filter spamd."))


def cut_off() -> NotAsked:
    """An answer without its end, or without the score."""
    return NotAsked(_("The answer of the spam filter was not whole."))
