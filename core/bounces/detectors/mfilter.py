"""m-FILTER: headings of seven hyphens."""

import re

from ..addresses import addresses_in
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter

_PARTS = re.compile(
    r"(?<!-)-{5,}\s?server message(.{0,2000}?)(?<!-)-{5,}\s?SMTP command\s{0,20}(\w{0,10})", re.IGNORECASE | re.DOTALL
)


def mfilter(letter: Letter) -> Finding | None:
    """The addresses above the first heading, the server's words and the refused command below theirs."""
    found = _PARTS.search(letter.text)
    if not found:
        return None
    who = addresses_in(letter.text[: found.start()])
    return bounce([Evidence(address, found[1], command=found[2].upper()) for address in who])
