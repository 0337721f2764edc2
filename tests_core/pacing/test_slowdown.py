"""A provider that complained: the pause, and the way back."""

from bulk_mailing.core.pacing.slowdown import LONGEST_PAUSE, LOWEST_RATE, Slowdown, slowest
from hypothesis import given
from hypothesis import strategies as st

MINUTES = 60.0


def test_pause_then_half():
    """10 minutes of pause, then half the rate, then half as much again every 5 minutes up to the limit."""
    slowed = Slowdown().after_complaint(0.0, pause=10 * MINUTES, wish=0, rate=600)
    assert slowed.paused_until == 10 * MINUTES
    rates = [slowed.rate_at((10 + minutes) * MINUTES) for minutes in (0, 4, 5, 9, 10, 60)]
    assert rates == [300, 300, 450, 450, 0, 0]


def test_wish_is_obeyed():
    """The server's own time counts, shorter or longer than the rule's."""
    for wish in (60.0, 3 * 3600.0):
        assert Slowdown().after_complaint(0.0, 10 * MINUTES, wish, 600).paused_until == wish


def test_wish_has_an_end():
    """Nobody makes us wait for a week."""
    assert Slowdown().after_complaint(0.0, 600.0, 7 * 86400.0, 600).paused_until == 86400.0


def test_complaints_while_it_pauses():
    """Mails that were on the wire are refused too: that is one complaint, unless one asks for longer."""
    first = Slowdown().after_complaint(0.0, 600.0, 0, 600)
    assert first.after_complaint(5.0, 600.0, 0, 600) == first
    assert first.after_complaint(5.0, 600.0, 1000.0, 600).paused_until == 1005.0


def test_repeated_complaints():
    """Each complaint after a pause doubles the next and halves the rate; recovery goes to where it began."""
    state, now = Slowdown(), 0.0
    pauses = []
    for _complaint in range(6):
        state = state.after_complaint(now, 600.0, 0, 600)
        pauses.append(state.paused_until - now)
        now = state.paused_until + 1
    assert pauses == [600, 1200, 2400, 4800, LONGEST_PAUSE, LONGEST_PAUSE]
    assert (state.rate, state.full_rate) == (600 // 2**6, 600)
    assert state.rate_at(now + 24 * 3600) == 0


def test_recovered_means_forgotten():
    """A complaint of yesterday does not make today's pause longer."""
    first = Slowdown().after_complaint(0.0, 600.0, 0, 600)
    again = first.after_complaint(86400.0, 600.0, 0, 1000)
    assert (again.paused_until, again.rate, again.complaints) == (87000.0, 500, 1)


def test_never_below_the_floor():
    """A few mails go even to a provider that complains about everything."""
    assert Slowdown().after_complaint(0.0, 600.0, 0, 1).rate == LOWEST_RATE


@given(
    st.lists(st.tuples(st.integers(0, 90_000), st.integers(60, 7200), st.integers(0, 200_000), st.integers(0, 10**6)))
)
def test_always_recovers(complaints):
    """Whatever comes in: a rate is never 0 while slowed, a pause ends, and a quiet time brings the full rate back."""
    state, now = Slowdown(), 0.0
    for seconds, pause, wish, rate in complaints:
        now += seconds
        state = state.after_complaint(now, pause, wish, rate)
        assert now < state.paused_until <= now + 86400
        assert state.rate >= LOWEST_RATE
    assert state.rate_at(now + 3 * 86400) == 0


def test_slowest():
    """0 is no limit."""
    assert (slowest(0, 0), slowest(0, 5), slowest(7, 5)) == (0, 5, 5)
