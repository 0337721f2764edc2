"""KDDI (au, EZweb) says by a header that it was the recipient's own filter."""

from ..addresses import addresses_in
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter

_HEADER = "X-SPASIGN"


def kddi_filter(letter: Letter) -> Finding | None:
    """The recipients of the text, whatever it says besides."""
    if letter.header(_HEADER) != "NG":
        return None
    ours = set(addresses_in(f"{letter.header('To')} {letter.sender}"))
    who = [one for one in addresses_in(letter.words) if one not in ours and not one.lower().startswith("postmaster@")]
    return bounce([Evidence(one, f"{_HEADER}: NG") for one in (who or letter.sent_to)[:1]])
