"""The schedule of later attempts."""

from datetime import timedelta

import pytest
from bulk_mailing.core.retry import RetrySchedule

MINUTES = [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 240), (8, 240), (50, 240)]


@pytest.mark.parametrize("attempts, minutes", MINUTES)
def test_waits_grow(attempts, minutes):
    """B10: each wait is twice the one before, up to four hours."""
    assert RetrySchedule().delay(attempts, timedelta(0), 0.5) == timedelta(minutes=minutes)


def test_jitter_spreads_waits():
    """Recipients who were deferred together do not come back together."""
    waits = [RetrySchedule().delay(1, timedelta(0), jitter) for jitter in (0.0, 1.0)]
    assert waits == [timedelta(minutes=4), timedelta(minutes=6)]


ENDS = [
    (timedelta(days=3) - timedelta(minutes=241), False),
    (timedelta(days=3) - timedelta(minutes=239), True),
    (timedelta(days=30), True),
]


@pytest.mark.parametrize("age, is_given_up", ENDS)
def test_gives_up_after_three_days(age, is_given_up):
    """B11: no attempt is planned later than three days after the first."""
    assert (RetrySchedule().delay(20, age, 0.5) is None) is is_given_up


WISHES = [
    # minutes asked for, jitter -> minutes waited
    (0, 0.5, 5),
    (2, 0.5, 5),
    (60, 0.0, 60),
    (60, 1.0, 72),
    (60 * 24 * 7, 0.0, 60 * 24),
]


@pytest.mark.parametrize("wish, jitter, minutes", WISHES)
def test_servers_wish_is_obeyed(wish, jitter, minutes):
    """B10: nobody comes back before the time that the server named, of a day at most."""
    wait = RetrySchedule().delay(1, timedelta(0), jitter, timedelta(minutes=wish))
    assert wait == timedelta(minutes=minutes)


def test_wish_beyond_the_end():
    """B11: who is asked to come back after the third day is given up."""
    schedule = RetrySchedule()
    assert schedule.delay(1, timedelta(days=2.5), 0.0, timedelta(hours=11)) == timedelta(hours=11)
    assert schedule.delay(1, timedelta(days=2.5), 0.0, timedelta(hours=13)) is None
