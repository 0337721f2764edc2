"""Postfix tells its postmaster how a session went wrong: "In: RCPT TO:<ann@example.org>", "Out: 451 4.3.0 Error"."""

from ..addresses import addresses_in
from ..dialect import phrase
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..transcript import exchanges_of

_KNOWN_BY = phrase(r"Transcript of session follows\. Out: \d{3}")
_RECIPIENT = phrase(r"\bRCPT\s+TO:\s?<[^>\n]{3,320}>")


def postfix_session(letter: Letter) -> Finding | None:
    """The recipients of the session, with its last refusal."""
    refusals = exchanges_of(letter.text) if _KNOWN_BY.search(letter.words) else []
    if not refusals:
        return None
    who = addresses_in(" ".join(_RECIPIENT.findall(letter.text)))
    return bounce([Evidence(address, refusals[-1].reply, command=refusals[-1].command) for address in who])
