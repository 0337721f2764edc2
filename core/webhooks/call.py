"""A call of a provider, and why it is not taken."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..text import Text, _

_CLOCKS_DIFFER = timedelta(minutes=10)
_TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)


class Refused(ValueError):
    """A call that is not taken; `reason` says why, for the administrator. Whoever called is told nothing."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


class BadKey(ValueError):
    """What cannot be the key of this provider; `reason` says why, for people, and shows nothing of it."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Call:
    """The body, and the headers by their names in lower case."""

    body: bytes
    headers: Mapping[str, str]


def may_be_token(text: str) -> bool:
    """Whether it is written as the end of an address of ours is; no database is asked for anything else."""
    return bool(_TOKEN.fullmatch(text))


def load(body: bytes | str) -> object:
    """What the JSON says. Raises Refused."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # also bytes that are no text, and brackets without end
        raise Refused(_("The call cannot be read: it is no JSON.")) from None


def check_age(signed_at: datetime | None, now: datetime, most: timedelta) -> None:
    """Raise Refused for what was signed long ago, or will be: somebody may have kept it."""
    if signed_at is None or not now - most <= signed_at <= now + _CLOCKS_DIFFER:
        raise Refused(_("The call is too old, or the clock of this server is wrong."))


def unsigned() -> Refused:
    """Nothing that could be checked."""
    return Refused(_("The call is not signed as this provider does."))


def forged() -> Refused:
    """A signature that somebody else made, or over something else."""
    return Refused(_("The signature does not fit the key."))
