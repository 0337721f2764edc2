"""550 at MAIL FROM, 530, 535: the server does not want us; the mailing pauses, and no address is to blame."""


def assert_paused(flight, words):
    """Paused, with the server's words as the reason; everybody still waits."""
    _state, flight_state, reason = flight.mailing()
    assert flight_state == "paused"
    assert words in reason
    assert flight.summary() == {"accepted": 0, "doubles": 0, "queued": 3}


def test_refused_at_mail_from(small):
    """Nobody more is tried: one refusal says all."""
    flight = small()
    flight.server.on("MAIL").reply("550 5.7.1 Sender rejected")
    flight.send()
    assert_paused(flight, "Sender rejected")


def test_wrong_password(small):
    """535: the log-in is refused."""
    flight = small(user="news@example.org", accounts={"news@example.org": "another"})
    flight.send()
    assert_paused(flight, "535")


def test_password_asked_for(small):
    """530: no log-in is set, and one is wanted."""
    flight = small(accounts={"news@example.org": "secret"})
    flight.send()
    assert_paused(flight, "530")


def test_refused_in_the_middle(standing):
    """After some mails the sender is refused: these are sent, the others wait, and go when a person resumes."""
    flight = standing.flight("middle 2")
    rule = flight.server.on("MAIL", nth=8).reply("550 5.7.1 Sender rejected")
    flight.send()
    assert flight.mailing()[1] == "paused"
    sent = flight.states()["sent"]
    assert sent == len(flight.server.messages) >= 7
    assert flight.states() == {"sent": sent, "queued": 20 - sent}
    assert rule.seen
    flight.server.forget_rules()
    flight.send()
    assert flight.summary() == {"accepted": 20, "doubles": 0, "sent": 20}


def test_others_go_on(small):
    """A server in trouble holds up no mailing that leaves through another."""
    refused, other = small(), small()
    refused.server.on("MAIL").reply("550 5.7.1 Sender rejected")
    refused.depart()
    other.send()
    refused.wait_settled()
    assert_paused(refused, "Sender rejected")
    assert other.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
