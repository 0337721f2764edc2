"""Long runs of one sign, or of one line, made to keep us busy: no more work than other mail of that size."""

import re
import signal
import sys

import pytest
from bulk_mailing.core.bounces import BounceReport, classify, detectors
from bulk_mailing.core.bounces.dialect import Dialect

MOST_SECONDS = 5  # of this process' own time, however busy the machine is; each of these takes a fraction of one
LENGTH = 200_000
RUNS = {"hyphens": "-", "blanks": " ", "line ends": "\n", "short lines": "-\n"}
HEAD = "From: mailer-daemon@x\nSubject: Undeliverable\n"
SENDMAIL = "--- The following addresses had permanent errors ---\n<ann@shop.test>\n"
MAILS = {
    # of a mail that is returned, and no header after them
    "lines of a folded header": f"{HEAD}\nReceived: x\n" + " y\n" * 30 + "!!\n!!\n",
    "one heading again and again": f"{HEAD}\n" + "-----server message" * 100 + "-" * LENGTH,
    "blanks before a recipient": f"{HEAD}\nYour message to:\n" + " " * 60_000 + "!",
    "no end of a list": f"{HEAD}\n{SENDMAIL}" + "\n" * 60_000 + "!",
    "a header of many recipients": "From: x@y\nX-Failed-Recipients: "
    + "".join(f"ann{n}@shop.test, " for n in range(6_000))
    + "\n\n"
    + ">>> RCPT TO:<q@r>\n<<< 550 5.1.1 x\n" * 1_600,
    "parameters": f'{HEAD}Content-Type: text/plain; charset="' + ";" * 60_000 + "\n\nx",
    "parameters of many parts": "".join(
        f'Content-Type: multipart/mixed; boundary=b{n}; x="' + ";" * 60_000 + f"\n\n--b{n}\n" for n in range(6)
    ),
}


def _patterns() -> dict[re.Pattern, str]:
    """What mail is searched for, by all detectors and by what they share; the rules only see 2,000 characters."""
    found = {}
    package = detectors.__name__.removesuffix("detectors")
    for name in [name for name in sys.modules if name.startswith(package)]:
        for key, value in vars(sys.modules[name]).items():
            known = vars(value) if isinstance(value, Dialect) else {name[len(package) :]: value}
            found |= {one: f"{key} {at}" for at, one in known.items() if isinstance(one, re.Pattern)}
    return found


PATTERNS = _patterns()


@pytest.fixture(autouse=True)
def limited_time():
    """Break off what takes too long, also amid a regular expression."""
    before = signal.signal(signal.SIGVTALRM, lambda *_: pytest.fail(f"takes more than {MOST_SECONDS} s"))
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS.get)
def test_run(pattern, run):
    """A run is gone through once, not from each of its signs on."""
    assert sum(1 for _found in pattern.finditer(RUNS[run] * (LENGTH // len(RUNS[run])) + "!")) < LENGTH


@pytest.mark.parametrize("name", MAILS)
def test_mail(name):
    """Where a detector looks for more than the run."""
    assert isinstance(classify(MAILS[name].encode()), BounceReport)
