"""How soon the addresses of a dead domain are looked at again."""

from datetime import timedelta

import pytest
from bulk_mailing.core.validity import hours_until_recheck

CASES = [
    (1, 0, 24),
    (1, 90, 24),
    (6.9, 90, 24),
    (7, 90, 7 * 24),
    (7, 0, 7 * 24),
    (4000, 0, 7 * 24),  # never given up: somebody else may register it
    (4000, 3, 3 * 24),
]


@pytest.mark.parametrize("days_dead, usual_days, expected", CASES)
def test_hours(days_dead, usual_days, expected):
    """Every day in the first week, then every week, and as often as any other address; also where none is checked."""
    assert hours_until_recheck(timedelta(days=days_dead), usual_days * 24) == expected
