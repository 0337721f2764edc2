"""X-Failed-Recipients (Exim, Google, Mail.ru): whoever writes this header names in it who was not reached."""

from ..addresses import addresses_in
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..report import MOST_RECIPIENTS
from ..told import told_of


def failed_recipients(letter: Letter) -> Finding | None:
    """The recipients of the header, with what the text says of each."""
    who = addresses_in(letter.header("X-Failed-Recipients"))[:MOST_RECIPIENTS]
    return bounce([_evidence(letter, address, who) for address in who])


def _evidence(letter: Letter, address: str, who: list[str]) -> Evidence:
    told = told_of(letter, address, who)
    return Evidence(address, told.refusal or told.words, command=told.command)
