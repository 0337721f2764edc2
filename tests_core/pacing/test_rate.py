"""Rates: never more than the limit in any 60 seconds, and hardly less."""

import pytest
from bulk_mailing.core.pacing.rate import UNLIMITED, Pace, at_once
from hypothesis import given
from hypothesis import strategies as st

AT_ONCE = [(1, 1), (11, 1), (100, 8), (999, 83), (1000, 16), (6000, 100), (60_000, 1000)]


@pytest.mark.parametrize("rate, mails", AT_ONCE)
def test_a_grant_is_worth_seconds(rate, mails):
    """Five seconds' worth where it is slow, one where it is fast."""
    assert at_once(rate) == mails
    assert Pace().allows(rate, 1000.0) == mails


def test_no_limit():
    """Rate 0: whatever is wanted; what was granted is remembered all the same."""
    pace = Pace().after(0, 1000.0, 5000).after(0, 1001.0, 5000)
    assert pace.allows(0, 1001.0) == UNLIMITED
    assert (pace.per_minute(1002.0), pace.per_minute(1061.5), pace.per_minute(2000.0)) == (10_000, 5000, 0)


def test_next_grant_comes_when_the_last_is_worked_off():
    """8 mails at 100 a minute: nothing for almost 5 seconds, then 8 more."""
    pace = Pace().after(100, 1000.0, 8)
    assert pace.allows(100, 1000.1) == 0
    assert 1004.5 < pace.next_at < 1005
    assert pace.allows(100, pace.next_at) == 8


def test_nothing_is_saved_up():
    """After an idle hour no more goes than at the beginning."""
    pace = Pace().after(100, 1000.0, 8)
    assert pace.allows(100, 5000.0) == 8
    assert pace.after(100, 5000.0, 8).allows(100, 5000.1) == 0


def sent(rate, asks):
    """(moment, mails) of all grants, where lanes ask for so many mails after so many seconds."""
    pace, now, grants = Pace(), 1000.0, []
    for seconds, wanted in asks:
        now += seconds
        mails = min(wanted, pace.allows(rate, now))
        pace = pace.after(rate, now, mails)
        if mails:
            grants.append((now, mails))
    return grants


ASKS = st.lists(st.tuples(st.floats(0, 70), st.integers(1, 500)), max_size=300)


@given(st.integers(1, 20_000), ASKS)
def test_never_more_than_the_limit(rate, asks):
    """Whenever lanes ask, and for how much: no 60 seconds see more than the limit."""
    grants = sent(rate, asks)
    for begin, _mails in grants:
        assert sum(mails for at, mails in grants if begin <= at < begin + 60) <= rate


@pytest.mark.parametrize("rate", [1, 7, 23, 100, 155, 999, 1000, 12_345])
def test_hardly_less_than_the_limit(rate):
    """A lane that looks every second gets at least 95 % of the rate over ten minutes."""
    granted = sum(mails for _at, mails in sent(rate, [(1.0, 10_000)] * 600))
    assert rate * 10 * 0.95 <= granted <= rate * 10 + at_once(rate)


def test_memory_is_bounded():
    """However often lanes ask: one entry a second at most is kept."""
    pace = Pace()
    for step in range(5000):
        pace = pace.after(0, 1000 + step / 20, 1)
    assert len(pace.recent) <= 62
