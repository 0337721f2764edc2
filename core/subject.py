"""A subject as a title: what is filled in later stands there by its name."""

from collections.abc import Callable

from .checks.asked import INLINE


def in_words(subject: str, name_of: Callable[[str], str]) -> str:
    """“News for {{ object.name ||| you }}” as “News for [Name]”; `name_of` tells the name of an expression, or ""."""

    def named(found) -> str:
        expression = (found[1] or found[2]).partition("|||")[0].strip()
        return f"[{name_of(expression) or '…'}]"

    return INLINE.sub(named, subject)
