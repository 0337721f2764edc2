"""Whoever calls: strangers too."""

import secrets

import pytest
from bulk_mailing.core.webhooks import may_be_token


def test_ours():
    """Whatever our own addresses end in."""
    assert all(may_be_token(secrets.token_urlsafe(24)) for _number in range(100))


@pytest.mark.parametrize("text", ["", "a" * 65, "a\0", "a\n", "é", "a/b", "a b", "%"])
def test_nonsense(text):
    """The database is not asked for what a stranger makes up, and does not stumble over it."""
    assert not may_be_token(text)
