"""552 5.3.4, 554 5.7.1, 550 5.7.26: the message or its sender is refused, not the recipient."""

import pytest


@pytest.mark.parametrize("name", ["middle07", "middle08", "middle09", "middle10", "middle11"])
def test_no_address_is_blamed(refusals, name):
    """Failed, and no bounce of the address."""
    state, severity, status = refusals.first[name]
    assert (state, status) == ("failed", "error")
    assert severity != "hard"
