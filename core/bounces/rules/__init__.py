"""What servers say, and what it means: data, in TOML files that are read in this order; the first rule that fits wins.

reason    the word that it comes to (`reasons.Reason`)
status    enhanced status codes (RFC 3463), one of which the refusal must have ("5.7.*": each that begins so); without:
          any or none
codes     reply codes, likewise
commands  SMTP commands that were refused (CONN: the connection itself), likewise
words     regular expressions, one of which is found anywhere in the text, case does not matter. The text is one line;
          addresses stand there as "<@>", hosts as "<host>". "{recipient}" stands for what terms.toml calls so.
          Nothing in them may repeat what itself repeats
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..reasons import Reason

FILES = ("microsoft", "google", "providers", "services", "mailbox", "sender", "content", "recipient", "system", "codes")


@dataclass(frozen=True)
class Refusal:
    """What is known of a refusal: codes, the command that was refused, and the words in one line and small letters."""

    status: str
    code: str
    command: str
    words: str


@dataclass(frozen=True)
class Rule:
    """A refusal that is known."""

    reason: Reason
    statuses: frozenset[str]
    beginnings: tuple[str, ...]
    codes: frozenset[str]
    commands: frozenset[str]
    words: re.Pattern

    def fits(self, refusal: Refusal) -> bool:
        """Whether this is such a refusal."""
        return bool(
            self._is_about(refusal.status)
            and (not self.codes or refusal.code in self.codes)
            and (not self.commands or refusal.command in self.commands)
            and self.words.search(refusal.words)
        )

    def _is_about(self, status: str) -> bool:
        """Whether a code is one of the rule's, or begins like one."""
        if not (self.statuses or self.beginnings):
            return True
        return status in self.statuses or status.startswith(self.beginnings)


def _toml(name: str) -> dict:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


_TERMS = {name: f"(?:{'|'.join(words)})" for name, words in _toml("terms").items()}
# the text comes in small letters: that is twice as fast as a pattern that ignores the case ("\D" is no letter)
_CAPITALS = re.compile(r"(\\.)|([A-Z]+)")
_TERM = re.compile(r"\{([a-z_]+)\}")


def _pattern(words: list[str]) -> re.Pattern:
    """Any of the wordings, with the terms in them filled in, and those in the terms."""
    return re.compile(_CAPITALS.sub(lambda found: found[1] or found[2].lower(), _filled(_filled("|".join(words)))))


def _filled(words: str) -> str:
    return _TERM.sub(lambda found: _TERMS[found[1]], words)


def _read(entry: dict) -> Rule:
    statuses = entry.get("status", ())
    return Rule(
        Reason(entry["reason"]),
        frozenset(status for status in statuses if not status.endswith("*")),
        tuple(status[:-1] for status in statuses if status.endswith("*")),
        frozenset(entry.get("codes", ())),
        frozenset(entry.get("commands", ())),
        _pattern(entry.get("words", [])),
    )


RULES = tuple(_read(entry) for name in FILES for entry in _toml(name)["rule"])


@lru_cache(maxsize=8)  # often all recipients of a report are told the same
def rule_for(refusal: Refusal) -> Rule | None:
    """The first rule that a refusal falls under."""
    return next((rule for rule in RULES if rule.fits(refusal)), None)
