"""SIGTERM in the middle: what is on the wire ends, what was not begun waits, and the next sender goes on there."""

import time

IDLE_SECONDS = 4  # the lane looks around once more after its last mail, and then waits
WOKEN_SECONDS = 15  # far less than is left of its 30


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


def test_woken(campaign):
    """A lane that has nothing to do, and would look by itself only after 30 seconds, begins when a mailing departs."""
    first, second = campaign.flight("small 0"), campaign.flight("small 1")
    campaign.start_sender()
    campaign.wait(campaign.lanes_alive)
    first.send()
    campaign.wait(lambda: first.mailing()[0] == "done")
    time.sleep(IDLE_SECONDS)
    second.depart()
    campaign.wait(lambda: second.mailing()[0] == "done", seconds=WOKEN_SECONDS)
    campaign.stop()
    assert second.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
