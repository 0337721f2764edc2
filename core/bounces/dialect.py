"""What most reports in free text have in common: a phrase that gives the system away, then recipient by recipient."""

import re
from dataclasses import dataclass

from . import codes
from .addresses import clean
from .evidence import Evidence, Finding, bounce
from .letter import Letter
from .transcript import exchange_about

MOST_RECIPIENTS = 1_000


def phrase(*alternatives: str) -> re.Pattern:
    """One of these is found, wherever lines break, in whatever case."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


def lines(*alternatives: str) -> re.Pattern:
    """One of these begins a line; "^" and "$" are a line's."""
    return re.compile("|".join(alternatives), re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Dialect:
    """A detector.

    known_by   a phrase of the text in one line
    recipient  what precedes a recipient's words, with the group "address"; searched in the lines
    begins     where the recipients begin; without: at the start
    ends       where the last recipient's words end; without: with the text
    delayed    a phrase that tells that whoever reports goes on trying
    is_about_all   the words stand anywhere, not behind the recipient
    """

    known_by: re.Pattern
    recipient: re.Pattern
    begins: re.Pattern | None = None
    ends: re.Pattern | None = None
    delayed: re.Pattern | None = None
    is_about_all: bool = False

    def __call__(self, letter: Letter) -> Finding | None:
        """The recipients with their words; None where the mail speaks another dialect, or names nobody."""
        if not self.known_by.search(letter.words):
            return None
        is_delayed = bool(self.delayed and self.delayed.search(letter.words))
        sections = self._sections(letter.text)
        if self.is_about_all:
            sections = [(address, letter.text) for address, _words in sections]
        return bounce([_evidence(letter, address, words, is_delayed) for address, words in sections])

    def _sections(self, text: str) -> list[tuple[str, str]]:
        """Each recipient with its words; who has none of their own shares the next one's."""
        text = self._between(text)
        found = list(self.recipient.finditer(text))[:MOST_RECIPIENTS]
        ends = [match.start() for match in found[1:]] + [len(text)]
        sections, words = [], ""
        for match, end in zip(reversed(found), reversed(ends), strict=True):
            words = text[match.end() : end].strip() or words or match[0]
            if address := clean(_named(match)):
                sections.insert(0, (address, words))
        return sections

    def _between(self, text: str) -> str:
        if self.begins and (found := self.begins.search(text)):
            text = text[found.end() :]
        if self.ends and (found := self.ends.search(text)):
            text = text[: found.start()]
        return text


def _named(match: re.Match) -> str:
    """What the group "address" matched, or one of those that are numbered because a pattern knows a name once."""
    return next((text for name, text in match.groupdict().items() if name.startswith("address") and text), "")


def _evidence(letter: Letter, address: str, section: str, is_delayed: bool) -> Evidence:
    words = " ".join(section[: codes.LONGEST_DIAGNOSTIC].split())
    command = codes.command(words)
    exchange = None if command else exchange_about(letter.text, address)
    if exchange:
        return Evidence(address, words or exchange.reply, "", exchange.command, is_delayed)
    return Evidence(address, words, "", command, is_delayed)
