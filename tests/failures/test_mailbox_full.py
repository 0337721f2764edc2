"""452 and 552: a full mailbox, or too much at once."""


def test_is_tried_later(refusals):
    """452 4.2.2 is about this recipient, and passes."""
    assert refusals.first["middle03"][0] == refusals.second["middle03"][0] == "deferred"


def test_too_many_recipients(refusals):
    """452 4.5.3 is about the connection: the mail goes at once, over another, and is no later attempt."""
    assert refusals.first["middle04"][0] == "sent"


def test_for_good(refusals):
    """552 5.2.2: failed, without a word against the address."""
    state, severity, status = refusals.second["middle06"]
    assert (state, status) == ("failed", "error")
    assert severity != "hard"
