"""The fields of a delivery report (RFC 3464, 2.1), recipient by recipient."""

import re

from .report import MOST_RECIPIENTS

LONGEST_VALUE = 4_000
MOST_FIELDS = 10_000
_FIELD = re.compile(r"^([A-Za-z][\w-]{1,60})[ \t]*:(.*)$")
# a recipient's; the others tell of the message
_OF_RECIPIENT = frozenset(
    {"final-recipient", "original-recipient", "x-actual-recipient", "action", "status", "diagnostic-code", "remote-mta"}
    | {"x-powermta-bouncecategory"}
)
_REPEATED = frozenset({"final-recipient", "action"})


def recipients_of(text: str) -> list[dict[str, str]]:
    """One dict a recipient, names in small letters.

    Blank lines stand at odd places in the wild, and the fields in any order: a field that the recipient has already
    got begins the next one.
    """
    groups: list[dict[str, str]] = [{}]
    for name, value in _fields(text):
        if name in _OF_RECIPIENT:
            if name in groups[-1] and name in _REPEATED:
                groups.append({})
            groups[-1].setdefault(name, value)
    return [group for group in groups if group][:MOST_RECIPIENTS]


def _is_name(word: str) -> bool:
    """Whether it names a field; a wrapped line may begin with "rejected:", or with an address of the web."""
    return word.lower() in _OF_RECIPIENT or (word[0].isupper() and "-" in word)


def _fields(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    was_blank = False
    for line in text.split("\n", MOST_FIELDS)[:MOST_FIELDS]:
        if (match := _FIELD.match(line)) and _is_name(match[1]):
            found.append((match[1].lower(), [match[2]]))
        elif found and line.strip() and not was_blank:
            found[-1][1].append(line)  # folded, or wrapped by somebody who does not know how
        was_blank = not line.strip()
    return [(name, " ".join(" ".join(lines).split())[:LONGEST_VALUE]) for name, lines in found]
