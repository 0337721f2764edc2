"""Hosts whose clocks are an hour ahead and an hour behind: what counts is the database's."""

from pathlib import Path

import pytest

from dev.setup import system
from dev.setup.paths import is_root

LIBRARY = "*/faketime/libfaketime.so.1"


@pytest.fixture(scope="module")
def library():
    """The library that shows a process another time."""
    found = list(Path("/usr/lib").glob(LIBRARY))
    if not found and is_root():
        system.install("libfaketime")
        found = list(Path("/usr/lib").glob(LIBRARY))
    if not found:
        pytest.skip("libfaketime is missing. Install it with: sudo apt-get install libfaketime")
    return str(found[0])


def test_leases_and_schedules(campaign, library):
    """No host takes another's claims for dead ones, none sends a deferred mail early, and all add up."""
    flight = campaign.flight("news", count=100)
    campaign.limit_connections(maximum=20, threads=4)
    flight.server.on("RCPT", recipient="reader005@").reply("450 4.2.0 Greylisted")
    flight.server.on("DOT").delay(0.02)
    for offset in ("+1h", "-1h"):
        campaign.start_sender(LD_PRELOAD=library, FAKETIME=offset)
    campaign.wait(lambda: len(campaign.lanes_alive()) == 2)
    flight.send()
    campaign.stop()
    assert flight.summary() == {"accepted": 99, "doubles": 0, "sent": 99, "deferred": 1}
    [[attempts, minutes]] = campaign.sql(
        """
        SELECT attempt_count, extract(epoch FROM next_attempt_at - now() AT TIME ZONE 'UTC') / 60
        FROM mailing_queue WHERE mailing_id = %s
        """,
        flight.id,
    )
    assert attempts == 1
    assert 0 < minutes < 10
