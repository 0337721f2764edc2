"""kill -9 at random moments: after so many messages, and at so many bytes of the stream. `SEED=` repeats a run."""

import os
import random

import pytest

KILLS = 3
THREADS = 3


@pytest.fixture
def dice():
    """Random numbers that can be had again."""
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"SEED={seed}")  # noqa: T201 (pytest shows it where the test fails)
    return random.Random(seed)


def test_after_some_messages(campaign, dice):
    """Whenever lanes are killed: nobody twice, nobody left out, and at most one a connection is in doubt."""
    kill_again_and_again(campaign, lambda server, kill: server.on("DOT", nth=dice.randint(1, 30)).then(kill))


def test_at_some_byte(campaign, dice):
    """The same in the middle of a command, of a message, of the dot."""
    kill_again_and_again(campaign, lambda server, kill: server.at_byte(dice.randint(1, 60_000), kill))


def kill_again_and_again(campaign, arrange):
    """Kill the lanes a few times; their parent starts others, which go on."""
    flight = campaign.flight("news", count=150)
    campaign.limit_connections(maximum=100, threads=THREADS)
    flight.depart()
    kills = []

    def kill():
        campaign.kill_lanes()
        kills.append(flight.server.open_connections)
        flight.server.forget_rules()
        if len(kills) < KILLS:
            arrange(flight.server, kill)

    arrange(flight.server, kill)
    campaign.start_sender(lanes=1)
    flight.wait_settled()
    campaign.stop()
    assert kills
    flight.check_promise(in_doubt=sum(kills))
    assert sum(flight.states()[state] for state in ("sent", "in_doubt")) == 150
