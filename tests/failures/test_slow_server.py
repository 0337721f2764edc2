"""A server that is slow to greet, slow to speak, or late for every reply."""

import threading

SLOW = 2
AS_LONG_AS_A_CONNECTION_WAITS = 45


def test_late_greeting(small, standing):
    """Another mailing does not wait for a server that greets only when that one is done; then its own mail goes."""
    slow, quick = small(), small()
    may_greet = threading.Event()
    greeting = slow.server.on("CONNECT").then(lambda: may_greet.wait(AS_LONG_AS_A_CONNECTION_WAITS))
    slow.depart()
    standing.wait(lambda: greeting.seen)
    quick.send()
    assert not slow.server.messages
    may_greet.set()
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
