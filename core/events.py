"""What happened to a mailing, told from how it stood before and after."""

from typing import NamedTuple


class Standing(NamedTuple):
    """The states of a mailing: on its road, and in flight (empty on the ground)."""

    state: str
    flight: str


def kinds(before: Standing, after: Standing) -> list[str]:
    """What somebody did, or what the system did by itself, in the order of a life."""
    happened = []
    if before.state != after.state:
        if before.state == "draft":
            happened.append("sent")
        elif after.state == "draft":
            happened.append("taken_back")
    if before.flight != after.flight:
        happened += _in_flight(before.flight, after.flight)
    if after.state == "done" != before.state:
        happened.append("finished")
    return happened


def _in_flight(before: str, after: str) -> list[str]:
    if after == "running":
        return ["resumed"] if before == "paused" else []
    return [after] if after in ("paused", "stopped") else []
