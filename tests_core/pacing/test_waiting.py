"""How long lanes sleep while nobody is due."""

import pytest
from bulk_mailing.core.pacing.rate import LATENESS
from bulk_mailing.core.pacing.waiting import seconds_to_sleep

CASES = [
    ([], None),
    ([60, 300], None),
    ([300, 4.9], pytest.approx(4.92)),
    ([0.01], pytest.approx(0.03)),
    ([-3, 4.9], 1),
    ([59], 10),
]


@pytest.mark.parametrize("waits, expected", CASES)
def test_first_lane(waits, expected):
    """It sleeps until the first is due, ten seconds at the longest; and stays for nobody who is due in a minute."""
    assert seconds_to_sleep(waits, 0) == expected


def test_lanes_come_one_by_one():
    """Lanes that wait for the same limit do not all come at once, and none so late that the limit loses anything."""
    first, second, third, *_others, last = (seconds_to_sleep([4.9], lane) for lane in range(16))
    assert first < second < third
    assert 4.9 < first < last < 4.9 + LATENESS
