"""Somebody leaves, or the mailing is paused or stopped, when mails are about to be sent."""

import pytest


@pytest.fixture
def handed_out(standing, small):
    """Three mails on one connection to a slow server: Ann's is under way, Bob's envelope follows, Cathy's waits."""
    standing.limit_connections(100, 1)
    flight = small()
    flight.depart_slowly(6)
    standing.wait(lambda: flight.states()["sending"] == 3)
    yield flight
    standing.limit_connections(100, 5)


def test_blacklisted(small, standing):
    """Who is blacklisted after the enqueue gets nothing."""
    flight = small()
    standing.sql("INSERT INTO mail_blacklist (email, active) VALUES ('bob@example.org', TRUE)")
    flight.send()
    standing.sql("DELETE FROM mail_blacklist")
    assert flight.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "excluded": 1}
    assert "bob" not in flight.accepted()


def test_opted_out(small, standing):
    """Who leaves his lists after the enqueue gets nothing."""
    flight = small()
    opt_out = """
        UPDATE mailing_subscription SET opt_out = %s
        WHERE contact_id IN (SELECT id FROM mailing_contact WHERE email = 'bob@example.org')
    """
    standing.sql(opt_out, True)
    flight.send()
    standing.sql(opt_out, False)
    assert flight.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "excluded": 1}


def test_left_after_the_claim(standing, handed_out):
    """Who leaves while the mail waits for a slow server gets nothing."""
    standing.sql("INSERT INTO mail_blacklist (email, active) VALUES ('cathy@example.org', TRUE)")
    handed_out.wait_settled()
    standing.sql("DELETE FROM mail_blacklist")
    assert handed_out.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "excluded": 1}
    assert "cathy" not in handed_out.accepted()


def test_paused_after_the_claim(standing, handed_out):
    """A pause holds who waits for a slow server, and forgets nobody."""
    handed_out.set_state("paused")
    standing.wait(lambda: not handed_out.states()["sending"])
    assert handed_out.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "queued": 1}
    handed_out.server.forget_rules()
    handed_out.send()
    assert handed_out.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def interrupted(standing, state):
    """A mailing to 300 that is paused or stopped when some have got it."""
    flight = standing.flight(state)
    flight.depart_slowly()
    flight.wait_accepted(5)
    flight.set_state(state)
    return flight


def test_paused(standing):
    """A pause lets what was handed out end, and holds the rest; then it goes on where it was."""
    flight = interrupted(standing, "paused")
    standing.wait(lambda: not flight.states()["sending"])
    held = flight.states()["queued"]
    assert held
    assert flight.states()["sent"] == len(flight.server.messages) == 300 - held
    flight.server.forget_rules()
    flight.send()
    assert flight.summary() == {"accepted": 300, "doubles": 0, "sent": 300}


def test_stopped(standing):
    """A stop: who has not got it will not; nobody is forgotten."""
    flight = interrupted(standing, "stopped")
    standing.wait(lambda: flight.mailing()[0] == "done")
    states = flight.states()
    assert states["sent"] == len(flight.server.messages)
    assert states["excluded"]
    assert states["sent"] + states["excluded"] == 300
