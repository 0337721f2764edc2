"""Return-paths of one recipient: found again whatever a mail server does to them, and not to be made up."""

import pytest
from bulk_mailing.core.return_paths import (
    LONGEST_HEAD,
    LONGEST_LOCAL_PART,
    came_to,
    can_be_extended,
    head_of,
    mentioned_in,
    return_paths,
    trace_of,
)
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


@pytest.mark.parametrize("name", ["To", "Cc", "X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To"])
def test_came_to(name):
    """Wherever a mail server notes whom a mail came to; what it says besides, or returns, is another mail's."""
    address = return_paths(KEY, "bounce@example.org")(7)
    others = f"Subject: {address}\nTo: Ann <ann@example.org>"
    mail = head_of(f"{others}\n{name}: x@example.org,\n <{address}>\n\nTo: {address}\n".encode())
    assert [trace_of(KEY, found) for found in came_to(mail)] == [7]
    assert came_to(head_of(f"{others}\n\n{name}: {address}\n".encode())) == []


@given(st.binary())
def test_any_head(raw):
    assert came_to(head_of(raw)) == []


def test_long_head():
    """A head without end is read as far as those of mail servers go."""
    end = f"To: {return_paths(KEY, 'bounce@example.org')(7)}\n\n".encode()
    line = b"X: y\n"
    assert len(came_to(head_of(line * 10_000 + end))) == 1
    assert came_to(head_of(line * (LONGEST_HEAD // len(line)) + end)) == []


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
