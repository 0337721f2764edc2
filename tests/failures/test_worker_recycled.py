"""Lanes end and begin anew in the middle of a mailing: told to, or because they have grown too large."""

import os
import signal


def test_told_to(campaign):
    """A lane that gets SIGTERM ends its letters; its successor goes on, and nobody is in doubt."""
    flight = campaign.flight("news", count=200)
    flight.server.on("DOT").delay(0.02)
    sender = campaign.start_sender()

    def recycle():
        for number in sender.lanes():
            os.kill(number, signal.SIGTERM)

    for nth in (20, 80):
        flight.server.rules.insert(0, flight.server.on("DOT", nth=nth).delay(0.02).then(recycle))
    flight.send()
    campaign.stop()
    assert flight.summary() == {"accepted": 200, "doubles": 0, "sent": 200}


def test_too_large(campaign):
    """Beyond Odoo's soft limit of memory a lane is replaced after each slice."""
    flight = campaign.flight("news", count=50)
    sender = campaign.start_sender("--limit-memory-soft=1000")
    campaign.wait(sender.lanes)
    first = sender.lanes()
    flight.send()
    campaign.wait(lambda: sender.lanes() and sender.lanes() != first)
    campaign.stop()
    assert flight.summary() == {"accepted": 50, "doubles": 0, "sent": 50}
