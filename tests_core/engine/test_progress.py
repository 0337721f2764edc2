"""How fast, and how long."""

import pytest

from core.progress import Sample, per_second, remember, seconds_left

START = Sample(100.0, 0)
REMEMBERED = [
    ((), START, (START,)),
    ((START,), Sample(102, 50), (START,)),
    ((START,), Sample(105, 50), (START, Sample(105, 50))),
    ((START, Sample(150, 90)), Sample(170, 99), (Sample(150, 90), Sample(170, 99))),  # a minute is enough
    ((START,), Sample(121, 0), (Sample(121, 0),)),  # it stood still
    ((Sample(500, 9),), Sample(105, 10), (Sample(105, 10),)),  # a clock that was set back
]


@pytest.mark.parametrize("samples, now, kept", REMEMBERED)
def test_remember(samples, now, kept):
    """Samples of the last minute are kept, some seconds apart; a standstill begins anew."""
    assert remember(samples, now) == kept


RATES = [
    ((START,), Sample(110, 500), 50),
    ((START,), Sample(102, 500), None),  # too soon to say
    ((), Sample(110, 500), None),
    ((Sample(100, 50),), Sample(110, 40), 0),  # sent again: fewer are settled than before
]


@pytest.mark.parametrize("samples, now, expected", RATES)
def test_per_second(samples, now, expected):
    """The rate is what was settled over the time of the samples."""
    assert per_second(samples, now) == expected


LEFT = [
    (600, 10, 0, 10 * 6),
    (600, None, 0, None),  # unknown is not shown
    (600, 0, 0, None),
    (600, None, 60, 600),  # the limit is known before the speed is
    (600, 50, 60, 600),  # faster than the limit for a moment only
    (600, 0.5, 60, 1200),
    (0, 10, 0, None),  # who is left waits for another try
]


@pytest.mark.parametrize("waiting, rate, per_minute, expected", LEFT)
def test_seconds_left(waiting, rate, per_minute, expected):
    """The time left follows the slower of what was measured and what is allowed."""
    assert seconds_left(waiting, rate, per_minute) == expected
