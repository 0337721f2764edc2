"""The check of the spam score: each side of both limits, and a filter that gave no score."""

import pytest
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.spam import spam_score_too_high
from bulk_mailing.core.spam import SpamRule, SpamScore
from bulk_mailing.core.text import Text

SHOUTING = SpamRule("SUBJ_ALL_CAPS", 1.5, "Subject is all capitals")
NAMELESS = SpamRule("LOCAL_RULE", 3.0)
HARMLESS = SpamRule("NO_RELAYS", -0.1, "Informational")


@pytest.mark.parametrize(
    "points, expected",
    [(-1.0, []), (2.9, []), (3.0, ["warning"]), (4.9, ["warning"]), (5.0, ["error"]), (1000.0, ["error"])],
)
def test_limits(points, expected):
    """C11: from 3 points on it is a warning, from 5 on an error."""
    found = spam_score_too_high(Draft(spam=SpamScore(points)))
    assert [finding.severity for finding in found] == expected


def test_own_limits():
    """C11: both limits are settings."""
    draft = Draft(spam=SpamScore(3.0), spam_warning_from=1.0, spam_error_from=2.0)
    assert [finding.severity for finding in spam_score_too_high(draft)] == ["error"]


def test_rules_in_words():
    """C11, C35: the rules are told in words with their points, the worst first; what helps is not among them."""
    (finding,) = spam_score_too_high(Draft(spam=SpamScore(4.4, (SHOUTING, HARMLESS, NAMELESS))))
    assert "4.4 points; from 3.0 on" in str(finding.explanation)
    assert "LOCAL_RULE (+3.0); Subject is all capitals (+1.5)." in str(finding.explanation)


def test_no_filter():
    """C11: where no filter was asked there is nothing to say."""
    assert spam_score_too_high(Draft()) == []


def test_no_answer():
    """C11: a filter without an answer is a hint that names the reason, and blocks nothing."""
    (finding,) = spam_score_too_high(Draft(spam_unknown=Text("It is away.")))
    assert (finding.severity, str(finding.explanation)) == ("info", "It is away. The mailing can be sent all the same.")
