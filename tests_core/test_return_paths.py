"""Return-paths of one recipient: found again whatever a mail server does to them, and not to be made up."""

import pytest
from bulk_mailing.core.return_paths import LONGEST_LOCAL_PART, can_be_extended, mentioned_in, return_paths, trace_of
from hypothesis import given
from hypothesis import strategies as st

KEY = b"secret of a database"
traces = st.integers(1, 999_999_999_999)


@given(traces)
def test_there_and_back(trace):
    address = return_paths(KEY, "bounce@example.org")(trace)
    assert address.startswith(f"bounce+{trace}-")
    assert address.endswith("@example.org")
    assert trace_of(KEY, address) == trace
    assert trace_of(KEY, f" {address.upper()}\n") == trace  # servers change the case, headers add white space


@given(traces, st.integers(0, 31), st.sampled_from("0123456789abcdef"))
def test_altered_signature(trace, place, digit):
    local_part, _at_sign, domain = return_paths(KEY, "bounce@example.org")(trace).rpartition("@")
    place -= 32
    changed = local_part[:place] + digit + (local_part[place + 1 :] if place + 1 else "")
    expected = trace if changed == local_part else None
    assert trace_of(KEY, f"{changed}@{domain}") == expected


@given(traces, st.text())
def test_in_a_header(trace, text):
    address = return_paths(KEY, "bounce@example.org")(trace)
    for header in (address, f"{text} <{address.upper()}>, {text}", f'"{address}" ((((<{address}'):
        assert {trace_of(KEY, found) for found in mentioned_in(header)} == {trace}
    assert mentioned_in(text) == []


def test_somebody_elses():
    address = return_paths(KEY, "bounce@example.org")(7)
    assert trace_of(b"another database", address) is None
    assert trace_of(KEY, address.replace("+7-", "+8-")) is None


@given(st.text())
def test_any_address(text):
    assert trace_of(KEY, text) is None
    assert trace_of(KEY, f"bounce+1-{text}@example.org") is None


@pytest.mark.parametrize("length", [1, LONGEST_LOCAL_PART, LONGEST_LOCAL_PART + 1, 64])
def test_room(length):
    """No part before the @ becomes longer than servers have to take."""
    address = "b" * length + "@example.org"
    longest = return_paths(KEY, address)(999_999_999_999)
    assert can_be_extended(address) == (len(longest.rpartition("@")[0]) <= 64)
