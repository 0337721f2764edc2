"""What an audit tells of a mailing."""

import pytest

from core.events import Standing, kinds

LIFE = [
    (("draft", ""), ("in_queue", ""), ["sent"]),
    (("draft", ""), ("draft", ""), []),
    (("in_queue", ""), ("sending", "running"), []),
    (("in_queue", ""), ("draft", ""), ["taken_back"]),
    (("sending", "running"), ("sending", "paused"), ["paused"]),
    (("sending", "paused"), ("sending", "running"), ["resumed"]),
    (("sending", "paused"), ("sending", "stopped"), ["stopped"]),
    (("sending", "running"), ("done", ""), ["finished"]),
    (("sending", "stopped"), ("done", "stopped"), ["finished"]),
    (("done", ""), ("sending", "running"), []),
    (("draft", ""), ("done", ""), ["sent", "finished"]),
]


@pytest.mark.parametrize("before, after, told", LIFE)
def test_kinds(before, after, told):
    """C15: who sent, paused, resumed, stopped and took back is told; what only goes on is not."""
    assert kinds(Standing(*before), Standing(*after)) == told
