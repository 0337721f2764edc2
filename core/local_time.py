"""Moments as a clock on the wall shows them in a named time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def to_utc(day: date, hours: float, timezone: str) -> datetime:
    """The naive UTC moment at which clocks in `timezone` (IANA name) show this day and `hours` (9.5 is 09:30).

    An hour that occurs twice when summer time ends is its first; one that is left out when it begins is an hour later.
    """
    minutes = round(hours * 60)
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC).replace(tzinfo=None)


def on_the_wall(moment: datetime, timezone: str) -> datetime:
    """What clocks in `timezone` (IANA name) show at a naive UTC moment; aware, so that it knows its offset."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))


def is_on_a_clock(hours: float) -> bool:
    """Whether a clock shows this time of day: 28.5 would be another day, and so would what is rounded to 24:00."""
    return 0 <= hours < 24 and round(hours * 60) < 24 * 60


def hours_of(wall: datetime) -> float:
    """The time of day in hours: 9.5 is 09:30."""
    return wall.hour + wall.minute / 60


def offset_in_words(wall: datetime) -> str:
    """The offset as people write it: `UTC+01:00`."""
    text = wall.strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"
