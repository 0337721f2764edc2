"""kill -9 when the server has accepted a message and the database does not know it yet."""


def test_nobody_is_mailed_twice(campaign):
    """One mail on one connection is in doubt, and never sent again by itself; what was not begun is."""
    flight = campaign.flight("news", count=40)
    campaign.limit_connections(maximum=100, threads=1)
    flight.server.on("DOT", nth=7).then(campaign.kill)
    flight.depart()
    campaign.start_sender()
    flight.wait_accepted(7)
    accepted = flight.accepted()
    flight.server.forget_rules()
    campaign.start_sender()
    flight.wait_settled()
    flight.make_due()
    campaign.stop()
    flight.check_promise(in_doubt=1)
    assert flight.states() == {"sent": 39, "in_doubt": 1}
    assert flight.names_in("in_doubt") <= set(accepted)
    assert flight.mailing()[:2] == ("done", None)
