"""Sendmail 5 and those that never left it: a transcript, in which "550 <ann@example.org>... User unknown" stands."""

import re

from ..addresses import ADDRESS, address_in
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter

_KNOWN_BY = re.compile(r"---\s*Transcript of session follows\s*---", re.IGNORECASE)
_VERDICT = re.compile(rf"^[45]\d\d <?({ADDRESS})>?\.\.\. ?(.*)$")
_BEGINS = re.compile(r"\d{3} |<<<|>>>|While |\.\.\. |-{3}", re.IGNORECASE)
_COMMAND = re.compile(r"^>>> ?(\w{4})")
_REPLY = re.compile(r"^<<< ?([45]\d\d.*)$")
# words that only tell that there was a reply, which stands above them
_EMPTY = re.compile(r"^(?:\d{3} )?(?:Remote protocol error|User unknown$|Service unavailable)", re.IGNORECASE)
MOST_LINES = 2_000


def old_sendmail(letter: Letter) -> Finding | None:
    """Each verdict with the reply that it came from."""
    if not _KNOWN_BY.search(letter.text):
        return None
    return bounce(_evidence(letter.text)) or bounce(_alone(letter))


def _evidence(text: str) -> list[Evidence]:
    found, command, reply = [], "", ""
    for line in _unwrapped(text):
        if line.lower().startswith(("while talking to", "... while talking")):
            command, reply = "", ""
        elif match := _COMMAND.match(line):
            command, reply = match[1].upper(), ""
        elif match := _REPLY.match(line):
            reply = match[1]
        elif match := _VERDICT.match(line):
            said = reply if reply and _EMPTY.match(match[2]) else line
            found.append(Evidence(match[1], said, command=command))
            command, reply = "", ""
    return found


def _unwrapped(text: str) -> list[str]:
    """The lines, with what belongs to the line above."""
    lines = [""]
    for line in map(str.strip, text.split("\n", MOST_LINES)[:MOST_LINES]):
        if not line or _BEGINS.match(line):
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1]} {line}"
    return lines


def _alone(letter: Letter) -> list[Evidence]:
    """A verdict on a local name; the returned mail tells whom it went to."""
    who = letter.sent_to[:1]
    return [Evidence(address, letter.words) for address in who] if address_in(letter.words) or who else []
