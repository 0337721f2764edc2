"""The test runner's own arithmetic: what is counted, and when a run is good."""

import pytest

from dev.core_tests import _unless_data_is_absent
from dev.odoo_tests import _collect
from dev.results import FAILED, LEFT_OUT, PASSED, SKIPPED, Report, Result, closing_line
from dev.upstream import _against, _gone


def results(*outcomes):
    return [Result(f"test_{number}", outcome) for number, outcome in enumerate(outcomes)]


def test_closing_line():
    """The last line counts the three outcomes, and what is left out on purpose is none of them."""
    line = closing_line(results(PASSED, PASSED, FAILED, SKIPPED, LEFT_OUT))
    assert line == "2 passed, 1 failed, 1 skipped"


RUNS = [
    ([PASSED], True, 0),
    ([PASSED], False, 0),
    ([PASSED, SKIPPED], True, 0),
    ([PASSED, SKIPPED], False, 1),
    ([PASSED, FAILED], True, 1),
    ([], True, 1),
    ([SKIPPED], True, 1),
    ([PASSED, LEFT_OUT], False, 0),
]


@pytest.mark.parametrize("outcomes, skipping_allowed, code", RUNS)
def test_exit_code(outcomes, skipping_allowed, code):
    """A failure, no test at all, or (in CI) a skipped test makes the run fail."""
    assert Report(results(*outcomes)).exit_code(skipping_allowed) == code


def test_data_from_elsewhere():
    """What is not part of a clone may be absent; that is told, and any other reason to skip still counts."""
    assert _unless_data_is_absent(SKIPPED, "Skipped: set BULK_MAILING_CORPORA") == LEFT_OUT
    assert _unless_data_is_absent(SKIPPED, "no browser") == SKIPPED
    assert _unless_data_is_absent(FAILED, "BULK_MAILING_CORPORA") == FAILED


def test_planned_but_never_told():
    """When Odoo dies in the middle, the tests that were to come have failed."""
    lines = [{"planned": ["a", "b", "c"]}, {"test": "a", "outcome": "passed", "detail": "", "seconds": 1}]
    assert [(result.test, result.outcome) for result in _collect(lines, "killed")] == [
        ("a", PASSED),
        ("b", FAILED),
        ("c", FAILED),
    ]


def test_nothing_was_told():
    """When Odoo does not even start, that is a failure with the end of its log."""
    assert _collect([], "no database") == [Result("Odoo", FAILED, "no database")]


EXPECTED = {"m:T.known": "it asserts the old header"}
AGAINST = [
    ("m:T.known", FAILED, LEFT_OUT),
    ("m:T.known", PASSED, FAILED),
    ("m:T.known", SKIPPED, SKIPPED),
    ("m:T.other", FAILED, FAILED),
    ("m:T.other", PASSED, PASSED),
]


@pytest.mark.parametrize("name, outcome, counted", AGAINST)
def test_expected_failures(name, outcome, counted):
    """A declared failure is left out of the count; when it passes, the declaration is out of date."""
    assert _against(Result(name, outcome), EXPECTED).outcome == counted


def test_expected_failure_that_is_gone():
    """A declaration that names no test is a failure."""
    assert [result.outcome for result in _gone([], EXPECTED)] == [FAILED]
    assert _gone(results(PASSED) + [Result("m:T.known", FAILED)], EXPECTED) == []
