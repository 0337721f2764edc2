"""The codes in a server's words: SMTP reply code, enhanced status code, and the command that was refused."""

import re

LONGEST_DIAGNOSTIC = 2_000  # what is looked at; a report keeps less

# RFC 3463; not the middle of an IP address or of a version
_STATUS = r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)"
_ANY_STATUS = re.compile(_STATUS)
# the status that a server gave right after its reply code is the closest to the truth; relays quote it behind their own
_REPLY_WITH_STATUS = re.compile(rf"(?<![\w.])[245]\d\d[- :#'(]{{1,4}}({_STATUS})")
_REPLY = re.compile(r"(?<!\d:)(?<![\w.,/=-])([245][0-5]\d)(?=[-\s:,'\")]|$)")
_REPLY_BEFORE_STATUS = re.compile(rf"(?<![\w.])([245]\d\d)(?=[- :#'(]{{1,4}}{_STATUS})")
_VERB = r"(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|QUIT)"
_COMMANDS = (
    # Postfix
    re.compile(rf"in reply to (?:the )?(?:end of )?{_VERB}\b", re.IGNORECASE),
    # Exim and GMX; at "pipelined" ones it tells the same
    re.compile(rf"after (?:sending )?(?:pipelined |end of )?{_VERB}\b", re.IGNORECASE),
    # DragonFly
    re.compile(rf"did not like our (?:final )?{_VERB}\b", re.IGNORECASE),
    # qmail's relatives, Yahoo
    re.compile(rf"(?:failed on|error in|response to|reply to|error following|sent:) {_VERB}\b", re.IGNORECASE),
    re.compile(rf"\[{_VERB}(?:_TO|_FROM)?\]"),
    re.compile(rf"smtp command[-\s]+{_VERB}\b", re.IGNORECASE),
    # X3 (unnamed), 1&1 ("for TEXT command" is the mail itself)
    re.compile(rf"\bSMTP:{_VERB}\b"),
    re.compile(r"for (TEXT) command"),
)
# at DATA, but of what went before
_REFUSED_ALL = re.compile(r"all RCPT commands were rejected|no valid RCPT|valid RCPT command must precede", re.I)
# Those who tell the stage in other words
_STAGES = (
    (
        "CONN",
        re.compile(r"after initial connection|(?:refused|not like) to talk to me|initial greeting|no greeting", re.I),
    ),
    ("HELO", re.compile(r"my name was rejected", re.I)),
    ("MAIL", re.compile(r"but sender was rejected|does not like (?:the )?sender", re.I)),
    # Google's states of a session
    ("RCPT", re.compile(r"\(state 1[34]\)", re.I)),
    ("DATA", re.compile(r"\(state 1[5-8]\)", re.I)),
    ("RCPT", re.compile(r"\bRCPT(?: TO)?(?: command)?:? {1,3}[45]\d\d\b|(?:error,|at|on|during) RCPT\b")),
    ("RCPT", re.compile(r"does not like (?:the )?recipient|most progress was RCPT TO", re.I)),
    ("DATA", re.compile(r"failed after I sent the message|after end of data|end of data", re.I)),
)


def status(words: str) -> str:
    """The enhanced status code, "" where there is none."""
    if found := _REPLY_WITH_STATUS.search(words):
        return found[1]
    found = _ANY_STATUS.search(words)
    return found[0] if found else ""


def reply_code(words: str) -> str:
    """The three-digit reply code, "" where there is none."""
    found = _REPLY_BEFORE_STATUS.search(words) or _REPLY.search(words)
    return found[1] if found else ""


def command(words: str) -> str:
    """The SMTP command that was refused, "CONN" for the connection itself, "" where nothing is said of it."""
    if _REFUSED_ALL.search(words):
        return "RCPT"
    for pattern in _COMMANDS:
        if found := pattern.search(words):
            return _plain(found[1].upper())
    return next((stage for stage, pattern in _STAGES if pattern.search(words)), "")


def _plain(verb: str) -> str:
    return {"EHLO": "HELO", "LHLO": "HELO", "BDAT": "DATA", "TEXT": "DATA", "QUIT": ""}.get(verb, verb)


def is_vague(code: str) -> bool:
    """Whether a status tells no more than its class (RFC 3463, 3.1: X.0.0)."""
    return code[1:] == ".0.0" or not code
