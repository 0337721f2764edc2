"""kill -9 for the parent of the lanes alone."""


def test_parent_killed(campaign):
    """Lanes without a parent end by themselves, and leave no mail behind that is not accounted for."""
    flight = campaign.flight("news", count=200)
    flight.depart_slowly()
    sender = campaign.start_sender(lanes=2)
    flight.wait_accepted(20)
    lanes = sender.lanes()
    sender.process.kill()
    campaign.wait(lambda: not any(is_running(number) for number in lanes))
    assert not flight.states()["sending"]
    assert flight.states()["sent"] == len(flight.server.messages)


def is_running(number):
    """Whether a process is there, and not only its entry in the table."""
    try:
        with open(f"/proc/{number}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
