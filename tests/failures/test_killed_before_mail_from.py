"""kill -9 before anything of a message was said."""

COMMANDS = ("CONNECT", "EHLO", "MAIL")


def test_all_are_sent_later(campaign):
    """The claimed go back at once: the next lane mails them, once, and nobody is in doubt."""
    flight = campaign.flight("news", count=30)
    campaign.limit_connections(maximum=100, threads=1)
    killed = []

    def kill():
        campaign.kill_lanes()
        killed.append(flight.states()["sending"])

    for command in COMMANDS:
        flight.server.on(command, nth=1).then(kill)
    flight.depart()
    campaign.start_sender()
    flight.wait_settled()
    campaign.stop()
    assert len(killed) == len(COMMANDS)
    assert all(killed)
    assert flight.summary() == {"accepted": 30, "doubles": 0, "sent": 30}
