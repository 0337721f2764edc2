"""The server has got the final dot and says nothing more."""

import signal


def test_impatient_stop(campaign):
    """A second signal ends the sender at once: the one mail is in doubt, the others go with the next sender."""
    flight = campaign.flight("small 0")
    campaign.limit_connections(maximum=100, threads=1)
    rule = flight.server.on("DOT", recipient="bob@").delay(1000)
    flight.depart()
    sender = campaign.start_sender()
    campaign.wait(lambda: rule.seen)
    for number in (signal.SIGTERM, signal.SIGINT):  # two of one kind may be one by the time they are delivered
        sender.process.send_signal(number)
    assert sender.process.wait(60) == 1
    flight.server.forget_rules()
    campaign.start_sender()
    flight.wait_settled()
    campaign.stop()
    assert flight.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "in_doubt": 1}
    assert flight.names_in("in_doubt") == {"bob"}
