"""The server hangs up in the middle of a message, or after its final dot."""


def test_in_the_middle(standing):
    """Nothing was accepted: the mail goes again, once."""
    flight = standing.flight("large")
    flight.server.on("DATA", recipient="bob@", nth=1).disconnect(after_bytes=100_000)
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def test_after_the_dot(small):
    """Nobody can know: in doubt, and the next message goes over a new connection."""
    flight = small()
    flight.server.on("DOT", recipient="bob@").disconnect()
    flight.send()
    assert flight.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "in_doubt": 1}
    assert flight.names_in("in_doubt") == {"bob"}
    flight.campaign.wait(lambda: flight.mailing()[0] == "done")


def test_reset_after_accepting(small):
    """A proxy resets the connection when the server has the mail: in doubt, and not sent again."""
    flight = small()
    flight.server.on("DOT", recipient="bob@").accept_and_reset()
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 2, "in_doubt": 1}
