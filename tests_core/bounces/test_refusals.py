"""What the providers' own lists of errors say, and what it means."""

import tomllib
from pathlib import Path

import pytest
from bulk_mailing.core.bounces import Severity, judge

LISTS = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))
REFUSALS = [(words, reason) for replies in LISTS.values() for words, reason in replies.items()]
HARD = {"userunknown", "hostunknown", "hasmoved", "notaccept"}


@pytest.mark.parametrize("words, reason", REFUSALS)
def test_refusal(words, reason):
    """B6: the cause, and hard only where the cause is the address and the refusal is for good."""
    severity, told = judge("", "", words)
    assert told == reason
    assert (severity is Severity.HARD) == (reason in HARD and not words.startswith("4"))
