"""Names of domains and mail servers, and patterns of them: `gmail.com`, `*.google.com` (what ends so), `*` (any)."""

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
