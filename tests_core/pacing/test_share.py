"""What a lane may have of a provider's connections."""

import pytest
from bulk_mailing.core.connections import parcels
from bulk_mailing.core.pacing.share import share
from hypothesis import given
from hypothesis import strategies as st

SHARES = [
    # mails, free, per connection -> mails, connections
    (500, 5, 20, (100, 5)),
    (500, 5, 200, (500, 5)),
    (30, 5, 20, (30, 2)),
    (30, 5, 5, (25, 5)),
    (3, 5, 1, (3, 3)),
    (500, 0, 20, (0, 0)),
    (500, -2, 20, (0, 0)),
    (0, 5, 20, (0, 0)),
]


@pytest.mark.parametrize("mails, free, per_connection, expected", SHARES)
def test_share(mails, free, per_connection, expected):
    """No more mails than the connections carry, and no connection that is not worth opening."""
    assert share(mails, free, per_connection) == expected


@given(st.integers(0, 2000), st.integers(0, 50), st.integers(1, 500))
def test_parcels_fit(mails, free, per_connection):
    """Cut into parcels, the mails of a share never need more connections than it has."""
    granted, connections = share(mails, free, per_connection)
    assert len(parcels(granted, connections, per_connection)) <= connections <= free
