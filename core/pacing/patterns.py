"""Names of domains and mail servers, and patterns of them: `gmail.com`, `*.google.com` (what ends so), `*` (any)."""

from collections.abc import Iterable

from ..addresses import BadAddress, domain_to_ascii
from ..text import _

ANY = "*"


def names(text: str | None) -> tuple[str, ...]:
    """The patterns in a text, in lower case and ASCII, each once. Raises BadAddress for what is none."""
    return tuple(dict.fromkeys(_pattern(word) for word in (text or "").replace(",", " ").split()))


def _pattern(word):
    if word == ANY:
        return word
    name = domain_to_ascii(word.removeprefix("*.").rstrip("."))
    if "." not in name:
        raise BadAddress(_("“%(domain)s” is not a domain", domain=word))
    return f"*.{name}" if word.startswith("*.") else name


def matches(pattern: str, name: str) -> bool:
    """Whether a name is meant by a pattern."""
    return pattern in (ANY, name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def first_match(hosts: Iterable[str], owners: Iterable[tuple[int, tuple[str, ...]]]) -> int | None:
    """Whose pattern means one of these names; the first name that is known decides, and of owners the first.

    :param owners: pairs of an id and its patterns
    """
    owners = list(owners)
    found = (owner for host in hosts for owner, patterns in owners if any(matches(p, host) for p in patterns))
    return next(found, None)
