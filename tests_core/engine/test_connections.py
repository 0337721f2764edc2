"""SuperOffice's settings: e-mails per connection and threads."""

import pytest
from bulk_mailing.core.connections import mails_per_connection, parcels, threads_of_lane

QUOTAS = [(100, 5, 20), (100, 3, 33), (3, 5, 1), (1, 1, 1), (0, 5, 1), (100, 0, 100)]


@pytest.mark.parametrize("maximum, threads, expected", QUOTAS)
def test_mails_per_connection(maximum, threads, expected):
    """S3, S5: 100 e-mails for all of 5 threads are 20 a connection; never none."""
    assert mails_per_connection(maximum, threads) == expected


SHARES = [(5, 1, [5]), (5, 2, [3, 2]), (2, 3, [1, 1, 0]), (8, 4, [2, 2, 2, 2])]


@pytest.mark.parametrize("threads, lanes, expected", SHARES)
def test_lanes_share_the_threads(threads, lanes, expected):
    """S6, S13: the setting counts the threads of all lanes together."""
    assert [threads_of_lane(threads, lane, lanes) for lane in range(lanes)] == expected


PARCELS = [
    (0, 5, 20, []),
    (100, 5, 20, [20] * 5),
    (1000, 5, 20, [20] * 50),
    (110, 5, 20, [20, 20, 20, 20, 20, 10]),
    (60, 5, 20, [20] * 3),  # the end of a mailing: connections as full as the others
    (7, 5, 20, [7]),
    (100, 5, 200, [20] * 5),
    (600, 5, 200, [120] * 5),
    (3, 5, 1, [1, 1, 1]),
]


@pytest.mark.parametrize("count, threads, per_connection, expected", PARCELS)
def test_parcels(count, threads, per_connection, expected):
    """S5: full connections where there is enough, and work for every thread where there is not."""
    assert parcels(count, threads, per_connection) == expected
