"""SIGTERM in the middle: what is on the wire ends, what was not begun waits, and the next sender goes on there."""


def test_clean_stop(campaign):
    """The sender ends with 0 within seconds; nobody is in doubt, nobody held."""
    campaign.fly(count=200)
    campaign.server.on("DOT").delay(0.05)
    sender = campaign.start_sender(lanes=2)
    campaign.wait(lambda: len(campaign.server.messages) >= 20)
    assert sender.stop() == 0
    states = campaign.states()
    assert states["sent"] == len(campaign.server.messages)
    assert states["sent"] + states["queued"] == 200
    assert not campaign.senders_alive()
    campaign.server.rules.clear()
    campaign.send()
    assert campaign.summary() == {"accepted": 200, "doubles": 0, "sent": 200}


def test_woken(campaign):
    """A sender that waits begins at once when a mailing departs."""
    sender = campaign.start_sender()
    campaign.wait(campaign.senders_alive)
    campaign.fly("small 0")
    campaign.wait_settled("small 0", seconds=5)
    assert sender.stop() == 0
