"""550 5.1.1: the address does not exist."""


def test_hard_bounce(refusals):
    """This address, and no other, is to blame; at once, without a second attempt."""
    assert refusals.first["middle05"] == ("failed", "hard", "bounce")
    assert refusals.blamed() == {"middle05"}


def test_the_others_get_it(refusals):
    """All who were not refused have the mail, once, and both ends say so."""
    summary = refusals.flight.summary()
    assert summary == {"accepted": 12, "doubles": 0, "sent": 12, "failed": 7, "deferred": 1}
    assert refusals.flight.names_in("sent") == set(refusals.flight.accepted())
