"""Hosts whose clocks differ, are wrong, or show an hour twice: what counts is the database's."""

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dev.setup import system
from dev.setup.paths import is_root

LONGEST_HOLD = 55  # less than a lane waits for a reply
# before the first lane knows its pace: a quick one would claim all that is left
EARLY = 10
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


def seconds_until(moment):
    """How far a host's clock must be ahead to show this moment (UTC) soon."""
    return f"{datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() - time.time():+.0f}"


def hour_apart():
    """Hosts whose clocks are wrong."""
    return "UTC", ("-1h", "+1h")


def night_in_october():
    """Hosts on which it is 02:30, once in summer time and once in winter time: an hour lies between them."""
    return "Europe/Amsterdam", (seconds_until("2027-10-31 00:30"), seconds_until("2027-10-31 01:30"))


def night_in_march():
    """Hosts on which it is 01:59 and 03:01: two minutes lie between them."""
    return "Europe/Amsterdam", (seconds_until("2027-03-28 00:59"), seconds_until("2027-03-28 01:01"))


@pytest.mark.parametrize("clocks", [hour_apart, night_in_october, night_in_march])
def test_leases_and_schedules(campaign, library, clocks):
    """No host takes another's claims for dead ones, none sends a deferred mail early, and all add up."""
    flight, may_go_on = campaign.flight("news"), threading.Event()
    campaign.limit_connections(maximum=20, threads=4)
    flight.server.on("RCPT", recipient="reader005@").reply("450 4.2.0 Greylisted")
    begun = flight.server.on("DOT", nth=EARLY).then(lambda: may_go_on.wait(LONGEST_HOLD))
    timezone, offsets = clocks()
    # whoever begins looks for dead claims: those of the host behind must not seem so to the one ahead
    for offset in offsets:
        campaign.start_sender(LD_PRELOAD=library, FAKETIME=offset, TZ=timezone)
        campaign.wait(campaign.lanes_alive)
        flight.depart()
        campaign.wait(lambda: begun.seen >= EARLY)
    campaign.wait(lambda: campaign.sql("SELECT count(DISTINCT claimed_by) FROM mailing_queue") == [(2,)])
    may_go_on.set()
    flight.wait_settled()
    campaign.stop()
    assert flight.summary() == {"accepted": 299, "doubles": 0, "sent": 299, "deferred": 1}
    [[attempts, minutes]] = campaign.sql(
        """
        SELECT attempt_count, extract(epoch FROM next_attempt_at - now() AT TIME ZONE 'UTC') / 60
        FROM mailing_queue WHERE mailing_id = %s
        """,
        flight.id,
    )
    assert attempts == 1
    assert 0 < minutes < 10
