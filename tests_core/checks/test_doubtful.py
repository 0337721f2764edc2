"""Addresses that look wrong."""

import pytest
from bulk_mailing.core.checks.doubtful import doubtful_addresses
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.finding import Severity


@pytest.mark.parametrize(
    "doubtful, recipients, severity",
    [(20, 1000, Severity.WARNING), (19, 1000, Severity.INFO), (1, 0, Severity.WARNING), (0, 1000, None), (0, 0, None)],
)
def test_doubtful(doubtful, recipients, severity):
    """A18: a few are a hint, more than two in a hundred a warning; the number is told."""
    found = doubtful_addresses(Draft(doubtful_count=doubtful, recipient_count=recipients))
    assert [finding.severity for finding in found] == [severity] * bool(severity)
    assert all(str(doubtful) in str(finding.explanation) for finding in found)
