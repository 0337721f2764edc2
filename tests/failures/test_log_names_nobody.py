"""What is written to the log when recipients are refused."""


def test_no_addresses(refusals, standing):
    """It counts people; it has the address of none."""
    [sender] = standing.senders
    assert "recipients settled" in sender.log()
    assert "@" not in sender.log()
