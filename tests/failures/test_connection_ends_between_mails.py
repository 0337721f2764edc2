"""A connection ends between two mails, or while it idles: 421 at any command, or without a word."""

import pytest


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT"])
def test_421(small, command):
    """At any command it says that nothing was taken (RFC 5321, 3.8): every mail goes, once."""
    flight = small()
    flight.server.on(command, nth=1 if command in ("CONNECT", "EHLO") else 2).reply("421 4.3.2 Closing")
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def test_closed_without_a_word(standing):
    """The server drops a connection at every fourth mail, before anything of it was said."""
    flight = standing.flight("middle 1")
    for nth in (4, 8, 12, 16):
        flight.server.on("MAIL", nth=nth).disconnect()
    flight.send()
    assert flight.summary() == {"accepted": 20, "doubles": 0, "sent": 20}


def test_closed_while_it_idles(standing, small):
    """A connection that waits for the pace is closed by the server: each mail goes, once, over a new one."""
    flight = small(idle_seconds=0.8)
    # a mail every three seconds, which the lane awaits with the connection open
    standing.sql("UPDATE mailing_mailing SET rate_per_minute = 20 WHERE id = %s", flight.id)
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
    assert flight.server.idle_closed
    assert flight.server.connections == 3
