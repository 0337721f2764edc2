"""Moments in a named time zone."""

from datetime import date, datetime

import pytest
from bulk_mailing.core.local_time import hours_of, offset_in_words, on_the_wall, to_utc


@pytest.mark.parametrize(
    "day, hours, timezone, moment",
    [
        (date(2026, 11, 30), 9, "Europe/Amsterdam", datetime.fromisoformat("2026-11-30T08:00")),
        (date(2026, 7, 1), 9.5, "Europe/Amsterdam", datetime.fromisoformat("2026-07-01T07:30")),
        (date(2026, 7, 1), 1, "Asia/Tokyo", datetime.fromisoformat("2026-06-30T16:00")),
        (
            date(2026, 10, 25),
            2.5,
            "Europe/Amsterdam",
            datetime.fromisoformat("2026-10-25T00:30"),
        ),  # twice: the first
        (
            date(2026, 3, 29),
            2.5,
            "Europe/Amsterdam",
            datetime.fromisoformat("2026-03-29T01:30"),
        ),  # never: later
        (date(2026, 7, 1), 24, "UTC", datetime.fromisoformat("2026-07-02T00:00")),
        (date(2026, 7, 1), 8 + 5 / 60, "UTC", datetime.fromisoformat("2026-07-01T08:05")),
    ],
)
def test_to_utc(day, hours, timezone, moment):
    """C7, C21: the hour that a person chose is the hour on the clocks of the zone that is named."""
    assert to_utc(day, hours, timezone) == moment


def test_there_and_back():
    """C21: what was chosen is shown again as it was chosen."""
    wall = on_the_wall(to_utc(date(2026, 11, 30), 9.25, "Europe/Amsterdam"), "Europe/Amsterdam")
    assert (wall.date(), hours_of(wall), offset_in_words(wall)) == (date(2026, 11, 30), 9.25, "UTC+01:00")


def test_offset_west():
    """C21: zones west of Greenwich have a minus."""
    assert offset_in_words(on_the_wall(datetime.fromisoformat("2026-01-01T00:00"), "America/St_Johns")) == "UTC-03:30"
