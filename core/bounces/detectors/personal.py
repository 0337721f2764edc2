"""A person who answers, and a newsletter, may quote a report word for word; it is none of theirs."""

import re

from ..addresses import addresses_in
from ..dialect import phrase
from ..evidence import Finding
from ..letter import Letter
from ..report import Kind

_ANSWER = re.compile(r"\W{0,3}(?:re|aw|sv|antw|odp|ynt|vs|rv|r)\s?:", re.IGNORECASE)
_MACHINE = phrase(r"mailer|daemon|post[-_]?master|delivery|system|no-?reply|bounce|admin|robot|server")


def personal(letter: Letter) -> Finding | None:
    """Sent by whom it is from, and marked as an answer or as a list's."""
    sender, path = letter.sender, addresses_in(letter.header("Return-Path"))
    if letter.fields or not path or _MACHINE.search(sender) or "X-Failed-Recipients" in letter.headers:
        return None
    is_answer = _ANSWER.match(letter.subject) and "In-Reply-To" in letter.headers and path[0] in addresses_in(sender)
    return Finding(Kind.NOT_A_BOUNCE) if is_answer or "List-Unsubscribe" in letter.headers else None
