"""What the text for people says of one recipient; it often names the command that was refused, which no field does."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import codes
from .letter import Letter
from .transcript import exchange_about

LONGEST = 1_500
MOST_OTHERS = 100


@dataclass(frozen=True)
class Told:
    """All the words after the recipient's name; the reply among them; the command that it answered."""

    words: str = ""
    refusal: str = ""
    command: str = ""


def told_of(letter: Letter, address: str, others: Iterable[str] = ()) -> Told:
    """From the recipient's name to the next of the others', and the session's transcript, where there is one."""
    words = _section(letter.words, address, [other.lower() for other in others if other and other != address])
    words = words or letter.words[:LONGEST]
    exchange = exchange_about(letter.text, address)
    if exchange:
        return Told(words, exchange.reply or words, exchange.command)
    refusal = words if codes.reply_code(words) or codes.status(words) else ""
    return Told(words, refusal, codes.command(words))


def _section(words: str, address: str, others: list[str]) -> str:
    start = words.lower().find(address.lower()) if address else -1
    if start < 0:
        return words[:LONGEST]
    section = words[start + len(address) : start + len(address) + LONGEST].lstrip(">:;, )")
    ends = [section.lower().find(other) for other in others[:MOST_OTHERS]]
    return section[: min((end for end in ends if end > 0), default=LONGEST)]
