"""SIGTERM in the middle: what is on the wire ends, what was not begun waits, and the next sender goes on there."""


def test_stopped_in_the_middle(campaign):
    """The sender ends with 0; nobody is in doubt, nobody held."""
    flight = campaign.flight("news", count=200)
    flight.depart_slowly(0.05)
    sender = campaign.start_sender(lanes=2)
    flight.wait_accepted(20)
    assert sender.stop() == 0
    states = flight.states()
    assert states["queued"]
    assert states["sent"] == len(flight.server.messages) == 200 - states["queued"]
    assert not campaign.lanes_alive()
    flight.server.forget_rules()
    campaign.start_sender()
    flight.wait_settled()
    campaign.stop()
    assert flight.summary() == {"accepted": 200, "doubles": 0, "sent": 200}


def test_woken(small, standing):
    """A sender that waits begins when a mailing departs, long before it would look by itself."""
    flight = small()
    flight.depart()
    standing.wait(lambda: flight.mailing()[0] == "done", seconds=20)
