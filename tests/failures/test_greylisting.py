"""450 and 451: later."""

import pytest


@pytest.mark.parametrize("name", ["middle01", "middle02"])
def test_passes(refusals, name):
    """Deferred at first, sent by the next attempt; the address has no stain."""
    assert refusals.first[name][0] == "deferred"
    assert refusals.second[name][0] == "sent"
    assert name not in refusals.blamed()
