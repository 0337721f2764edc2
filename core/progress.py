"""How fast a mailing goes, and how long it will take: from a few samples of the last minute."""

from collections.abc import Mapping
from typing import NamedTuple

LONGEST_SECONDS = 60  # older samples say nothing of now
APART_SECONDS = 5
SHORTEST_SECONDS = 3  # over less, one batch more or less doubles the figure
# After so long without a result it stood still (a pause, an undo time): measured anew
IDLE_SECONDS = 20


def settled(counts: Mapping[str, int]) -> int:
    """How many recipients have had their turn to the end, from the number in each delivery state."""
    return counts["sent"] + counts["failed"] + counts["in_doubt"]


class Sample(NamedTuple):
    """How many recipients were settled at a moment (in seconds)."""

    at: float
    settled: int


def remember(samples: tuple[Sample, ...], now: Sample) -> tuple[Sample, ...]:
    """The samples to keep, `now` among them where the last one is old enough."""
    if samples and now.at - samples[-1].at > IDLE_SECONDS and now.settled == samples[-1].settled:
        return (now,)
    recent = tuple(sample for sample in samples if now.at - LONGEST_SECONDS <= sample.at <= now.at)
    if recent and now.at - recent[-1].at < APART_SECONDS:
        return recent
    return (*recent, now)


def per_second(samples: tuple[Sample, ...], now: Sample) -> float | None:
    """Settled recipients a second over the samples' time; None where that is not known yet."""
    if not samples or now.at - samples[0].at < SHORTEST_SECONDS:
        return None
    return max(0, now.settled - samples[0].settled) / (now.at - samples[0].at)


def seconds_left(waiting: int, rate: float | None, rate_per_minute: int = 0) -> int | None:
    """How long those who wait for their first turn will take; None where nobody can know.

    :param rate: mails a second, as measured
    :param rate_per_minute: the limit that somebody set; 0: none
    """
    limit = rate_per_minute / 60
    speed = min(rate, limit) if rate and limit else rate or limit
    return round(waiting / speed) if speed and waiting else None
