"""What an approval is bound to: what was asked for goes out, and nothing else."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256

from .text import Text, _

WORDS = {
    "content": _("the content"),
    "audience": _("who gets it"),
    "when": _("the time"),
    "options": _("the options"),
}

# a picture or file of our own, as the designer writes it into a body
_OWN_FILE = re.compile(r"/web/(?:image|content)/(\d+)")


def fingerprint(parts: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """One digest a part, from its values by name; the order in which they come does not matter."""
    return {part: _digest(values) for part, values in parts.items()}


def changed(asked: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that are not as they were asked for; one that only one side knows has changed too."""
    return tuple(part for part in {**asked, **now} if asked.get(part) != now.get(part))


def in_words(part: str) -> Text:
    """What has changed, as it stands in a sentence."""
    return WORDS.get(part, WORDS["options"])


def has_grown(asked: int, now: int, percent: int) -> bool:
    """Whether more than so many percent came in since it was asked for."""
    return now * 100 > asked * (100 + percent)


def own_files(html: str) -> set[int]:
    """The ids of our own pictures and files that a body shows: who made one may put another in its place."""
    return {int(number) for number in _OWN_FILE.findall(html)}


def _digest(values: Mapping[str, object]) -> str:
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
