"""What is written to the log when recipients are refused, servers fail and connections break."""

OUR_OWN = "news@example.org"  # whom our server refuses as a sender is no secret


def test_no_addresses(refusals, standing):
    """It counts people; from its first line on it has the address of none."""
    [sender] = standing.senders
    log = sender.log().replace(OUR_OWN, "")
    assert "Sending with 1 lanes" in log
    assert "recipients settled" in log
    assert "@" not in log
