"""A server that is slow to greet, slow to speak, or late for every reply."""

SLOW = 2


def test_late_greeting(small):
    """Mail goes, and another mailing does not wait for it."""
    slow, quick = small(), small()
    slow.server.on("CONNECT").delay(SLOW)
    slow.depart()
    quick.send()
    slow.wait_settled()
    assert slow.summary() == quick.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def test_byte_by_byte(small):
    """A reply that comes in pieces is one reply."""
    flight = small()
    flight.server.seconds_per_byte = 0.005
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def test_late_replies(small):
    """Each command waits; nothing is said twice."""
    flight = small()
    for command in ("MAIL", "RCPT", "DATA", "DOT"):
        flight.server.on(command, nth=1).delay(SLOW)
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
