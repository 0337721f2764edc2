"""A whole database as audience."""

import pytest
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.everybody import to_everybody
from bulk_mailing.core.finding import Severity


@pytest.mark.parametrize(
    "everybody_in, recipient_count, titles",
    [
        ("Contact", 1482, ["It goes to everybody in Contact"]),
        ("Contact", 0, []),  # that nobody gets it is another check's business
        ("", 1482, []),  # a list or a selection
    ],
)
def test_to_everybody(everybody_in, recipient_count, titles):
    """C16, C17: nobody mails a whole database without having read that."""
    found = to_everybody(Draft(everybody_in=everybody_in, recipient_count=recipient_count))
    assert [str(finding.title) for finding in found] == titles
    assert all(finding.severity is Severity.WARNING and "1482" in str(finding.explanation) for finding in found)
