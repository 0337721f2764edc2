"""What most reports in free text have in common: a phrase that gives the system away, then recipient by recipient."""

import re
from dataclasses import dataclass

from . import codes
from .addresses import ADDRESS, clean
from .evidence import Evidence, Finding, bounce
from .letter import Letter
from .report import MOST_RECIPIENTS
from .transcript import exchange_about

SHORTEST_WORDS = 8
_NEWS = re.compile(r"\w{3}")
_ANY_ADDRESS = re.compile(ADDRESS)


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

    A search that begins with "-{3,}" begins anew at each hyphen of a run, and a stranger's run is long: "---" and
    "(?<!-)-{3,}" do not. No line of the text ends in blanks, so "(?<!\\n)" is enough before "\\n\\s*".
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
        # who is named again is still the same: a line broke before "<ann@example.org>:", or the server repeats it
        named = {_named(match).lower(): match for match in reversed(list(self.recipient.finditer(text)))}
        found = sorted(named.values(), key=re.Match.start)[:MOST_RECIPIENTS]
        sections, words, end = [], "", len(text)
        for match in reversed(found):
            words, end = _words_of(match, text[match.end() : end]) or words, match.start()
            if address := clean(_named(match)):
                sections.append((address, words))
        return sections[::-1]

    def _between(self, text: str) -> str:
        if self.begins and (found := self.begins.search(text)):
            text = text[found.end() :]
        if self.ends and (found := self.ends.search(text)):
            text = text[: found.start()]
        return text


def _named(match: re.Match) -> str:
    """What the group "address" matched, or one of those that are numbered because a pattern knows a name once."""
    return next((text for name, text in match.groupdict().items() if name.startswith("address") and text), "")


def _words_of(match: re.Match, behind: str) -> str:
    """What stands behind the recipient; and before, where that is more than punctuation."""
    before = match[0].replace(_named(match), "").strip()
    return f"{before} {behind.strip()}".strip() if len(before) > SHORTEST_WORDS else behind.strip()


def _evidence(letter: Letter, address: str, section: str, is_delayed: bool) -> Evidence:
    words = " ".join(section[: codes.LONGEST_DIAGNOSTIC].split())
    exchange = exchange_about(letter.text, address)
    if not _NEWS.search(_ANY_ADDRESS.sub("", words)):
        words = exchange.reply if exchange else letter.words[: codes.LONGEST_DIAGNOSTIC]
    command = codes.command(words) or (exchange.command if exchange else "")
    return Evidence(address, words, "", command, is_delayed)
