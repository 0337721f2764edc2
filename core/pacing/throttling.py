"""What a reply that puts us off means: for one recipient, for a connection, or for everybody at that provider."""

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
# "try again in 5 minutes", "Greylisted for 300 sec", "come back in 00:05:00", "please retry after 2h"
_ASKS = r"(?:again|back|later|retry|resend|reconnect|wait|list(?:ed|ing)|deferred|blocked|suspended)\b[^\d]{0,40}?"
_UNIT = r"(s|m|h|d)(?:ec(?:ond)?s?|in(?:ute)?s?|rs?|ours?|ays?)?"
_IN = re.compile(rf"{_ASKS}(\d{{1,6}})\s*{_UNIT}\b", re.IGNORECASE)
_CLOCK = re.compile(rf"{_ASKS}(\d{{1,2}}):(\d\d):(\d\d)\b", re.IGNORECASE)


class Meaning(Enum):
    """Whom a reply concerns."""

    SLOW_DOWN = "slow_down"  # everybody at this provider
    GREYLISTING = "greylisting"  # this recipient
    NEW_CONNECTION = "new_connection"


@dataclass(frozen=True)
class Rule:
    """A reply that is known; see throttling.toml."""

    means: Meaning
    codes: frozenset[int]
    status: str
    words: re.Pattern
    wish: bool
    pause: float  # seconds

    def fits(self, reply) -> bool:
        """Whether this is such a reply."""
        return bool(
            (not self.codes or reply.code in self.codes)
            and reply.enhanced.startswith(self.status)
            and (not self.wish or wished_seconds(reply.text))
            and self.words.search(reply.text)
        )


def _read(entry: dict) -> Rule:
    words = entry.get("words", "")
    # a wording of several lines is laid out for the eye
    flags = re.IGNORECASE | (re.VERBOSE if "\n" in words else 0)
    return Rule(
        Meaning(entry["means"]),
        frozenset(entry.get("codes", ())),
        entry.get("status", ""),
        re.compile(words, flags),
        entry.get("wish", False),
        60.0 * entry.get("minutes", 0),
    )


RULES = tuple(_read(entry) for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["rule"])


def rule_for(reply) -> Rule | None:
    """The rule that a reply (an `SmtpReply`) falls under; None for what only puts us off, and for what does not."""
    if not 400 <= reply.code < 500:
        return None
    return next((rule for rule in RULES if rule.fits(reply)), None)


def slows_down(reply) -> bool:
    """Whether everybody at that provider has to wait."""
    rule = rule_for(reply)
    return rule is not None and rule.means is Meaning.SLOW_DOWN


def wished_seconds(text: str) -> float:
    """How long the server asks us to wait; 0 where it does not say."""
    if found := _CLOCK.search(text):
        hours, minutes, seconds = map(int, found.groups())
        return 3600.0 * hours + 60 * minutes + seconds
    if found := _IN.search(text):
        return int(found[1]) * SECONDS[found[2].lower()]
    return 0.0
