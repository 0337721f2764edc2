"""Long runs of one sign, or of one line, made to keep us busy: no more work than other mail of that size."""

import signal

import pytest
from bulk_mailing.core.bounces import BounceReport, classify

MOST_SECONDS = 10  # of this process' own time, however busy the machine is; an honest mail takes a hundredth of one

RUNS = {
    "headers that are folded, and never end": b"Received: x\n" + b" y\n" * 30 + b"!!\n!!\n",
}


@pytest.fixture(autouse=True)
def limited_time():
    """Break off what takes too long, also amid a regular expression."""
    before = signal.signal(signal.SIGVTALRM, lambda *_: pytest.fail(f"takes more than {MOST_SECONDS} s"))
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("run", RUNS)
def test_long_run(run):
    """As the whole of a report."""
    assert isinstance(classify(b"From: mailer-daemon@x\n\n" + RUNS[run]), BounceReport)
