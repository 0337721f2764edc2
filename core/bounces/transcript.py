"""Sessions quoted in reports: ">>> RCPT TO:<ann@example.org>", "<<< 550 5.1.1 No such user"."""

import re
from dataclasses import dataclass
from functools import lru_cache

_LINE = re.compile(r"^[ \t]*(?:(Sent|Received)[ \t]*)?(>{3,4}|<{3})[ \t]*(.*)$|^[ \t]*(In|Out):[ \t]*(.*)$")
_REFUSED = re.compile(r"[45]\d\d\b")
_VERB = re.compile(r"(EHLO|HELO|MAIL|RCPT|DATA|BDAT|STARTTLS|AUTH|QUIT)\b", re.IGNORECASE)
_PLAIN = {"EHLO": "HELO", "BDAT": "DATA", "QUIT": ""}
MOST_LINES = 2_000


@dataclass(frozen=True)
class Exchange:
    """A command, the recipient that it named, and the reply that refused it."""

    command: str
    line: str
    reply: str


def exchange_about(text: str, address: str) -> Exchange | None:
    """The refusal of this recipient; else the only one of a session."""
    exchanges = exchanges_of(text)
    about = [one for one in exchanges if address.lower() in f"{one.line} {one.reply}".lower()]
    whole_session = [one for one in exchanges if "@" not in one.reply and one.command != "RCPT"]
    return next(iter(about or whole_session[-1:] or (exchanges if len(exchanges) == 1 else [])), None)


@lru_cache(maxsize=1)  # each recipient of a report asks for the same
def exchanges_of(text: str) -> tuple[Exchange, ...]:
    """All refusals of the sessions, in their order."""
    found, command, line = [], "", ""
    for is_reply, said in _turns(text):
        if not is_reply:
            verb = _VERB.match(said)
            command, line = (verb[1].upper(), said) if verb else ("", said)
        elif _REFUSED.match(said):
            found.append(Exchange(_PLAIN.get(command, command), line, said))
    return tuple(found)


def _turns(text: str) -> list[tuple[bool, str]]:
    """Who said what; lines that are indented, or stand between two others of the session, go on with the last."""
    turns: list[tuple[bool, list[str]]] = []
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        if match := _LINE.match(line):
            is_reply, said = _is_reply(match[1] or match[4] or "", match[2] or ""), match[3] or match[5] or ""
            if is_reply and turns and turns[-1][0] and _goes_on(turns[-1][1][0], said):
                turns[-1][1].append(said)
            else:
                turns.append((is_reply, [said]))
        elif turns and line.strip() and not re.match(r"[45]\d\d\b|\.\.\. |-{2,}|while talking", line.strip(), re.I):
            turns[-1][1].append(line.strip())
        elif turns and not line.strip():
            turns.append((False, [""]))  # a blank line ends what was said
    return [(is_reply, " ".join(lines)) for is_reply, lines in turns]


def _goes_on(first: str, said: str) -> bool:
    """Whether a line belongs to the reply that begins with another (RFC 5321, 4.2.1: "550-5.1.1 ...")."""
    return first[3:4] == "-" and first[:3] == said[:3]


def _is_reply(who: str, arrow: str) -> bool:
    """By the word where there is one: the arrow points either way."""
    return who.lower() in ("received", "out") if who else arrow.startswith("<")
