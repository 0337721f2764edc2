"""The journal cannot be written."""

import resource

SMALL_FILE = 1000  # bytes: a journal of twenty mails is larger, and so are compiled modules, which must not be cut


def no_room():
    """No file of this process can grow: for a file, that is a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_FILE, SMALL_FILE))


def test_sending_goes_on(campaign):
    """Without a journal all get their mail, once; only a crash then leaves the whole claim in doubt."""
    flight = campaign.flight("news", count=150)
    campaign.start_sender(before_start=no_room, PYTHONDONTWRITEBYTECODE="1")
    flight.send()
    campaign.stop()
    assert flight.summary() == {"accepted": 150, "doubles": 0, "sent": 150}


def test_killed_without_a_journal(campaign):
    """Nobody is mailed twice: all who were claimed are in doubt, when their lease has run out."""
    flight = campaign.flight("news", count=150)
    campaign.limit_connections(maximum=100, threads=1)
    flight.server.on("DOT", nth=60).then(campaign.kill)
    flight.depart()
    killed = campaign.start_sender(before_start=no_room, PYTHONDONTWRITEBYTECODE="1")
    campaign.wait(lambda: killed.process.poll() is not None)
    claimed = flight.states()["sending"]
    assert claimed
    campaign.sql("UPDATE mailing_queue SET lease_until = lease_until - interval '1 hour'")
    flight.server.forget_rules()
    campaign.start_sender()
    flight.wait_settled()
    campaign.stop()
    flight.check_promise(in_doubt=claimed)
    assert flight.states() == {"sent": 150 - claimed, "in_doubt": claimed}
