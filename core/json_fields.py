"""JSON of strangers: whatever stands where, these functions return what they promise."""

import re
from datetime import UTC, datetime

from .headers import printable

LONGEST_WORDS = 2_000
LONGEST_ADDRESS = 320  # RFC 5321 4.5.3.1: 64 and 255 around the @
_LARGEST = 2**63
_MESSAGE_ID = re.compile(r"[^\s<>]{1,900}")


def at(data: object, *path: str) -> object:
    """What stands at the end of a path of names, None where there is nothing."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text(data: object, *path: str, longest: int = LONGEST_WORDS) -> str:
    """A text or a whole number there, as one line of valid characters; "" for anything else."""
    value = at(data, *path)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST:
        value = str(value)
    return printable(value[: 2 * longest])[:longest] if isinstance(value, str) else ""


def number(data: object, *path: str) -> int:
    """The id of a record there, 0 for what cannot be one."""
    found = text(data, *path, longest=20)
    return int(found) if found.isascii() and found.isdigit() and int(found) < 2**31 else 0


def entries(data: object, *path: str) -> list[dict]:
    """The objects in a list there."""
    value = at(data, *path)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def address(data: object, *path: str) -> str:
    """A mail address there, "" for what cannot be one."""
    found = text(data, *path, longest=LONGEST_ADDRESS + 1)
    return found if "@" in found[1:-1] and len(found) <= LONGEST_ADDRESS and " " not in found else ""


def message_id(data: object, *path: str) -> str:
    """A Message-ID there, in angle brackets; some providers take them off."""
    found = text(data, *path).removeprefix("<").removesuffix(">")
    return f"<{found}>" if _MESSAGE_ID.fullmatch(found) else ""


def seconds(data: object, *path: str) -> datetime | None:
    """A moment in seconds since 1970 there."""
    value = at(data, *path)
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def moment(data: object, *path: str) -> datetime | None:
    """A moment as in ISO 8601 there."""
    value = at(data, *path)
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
