"""The date of the mail that is returned: it says of which attempt a report is."""

from datetime import UTC, datetime

import pytest
from bulk_mailing.core.bounces import Kind, classify

from tests_core.bounces.test_delivery_status import ANN, report

OURS = b"Message-ID: <ours-1@sender.test>\n"
CASES = [
    ("Mon, 23 Nov 2026 13:00:05 +0100", datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)),
    ("Mon, 23 Nov 2026 12:00:05 -0000", datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)),
    ("Mon, 23 Nov 2026 12:00:05", datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)),
    ("yesterday", None),
    ("Mon, 31 Feb 2026 12:00:00 +0000", None),
    ("Mon, 23 Nov 2026 12:00:00 +9999", None),
    ("Fri, 31 Dec 9999 23:59:59 -0100", None),
    ("Mon, 23 Nov 99999999999999999999 12:00:00 +0000", None),
    ("", None),
]


@pytest.mark.parametrize("told, date", CASES)
def test_original_date(told, date):
    """In UTC; what is no date takes nothing away from the report."""
    found = classify(report(ANN).replace(OURS, OURS + f"Date: {told}\n".encode()))
    assert (found.kind, found.original_date) == (Kind.BOUNCE, date)


def test_no_mail_is_returned():
    """The report's own date says nothing of the attempt."""
    assert classify(b"Date: Mon, 23 Nov 2026 12:00:05 +0000\n" + report(ANN)).original_date is None


def test_passed_on():
    """What a report returns that somebody passes on is a report, with a date of its own."""
    inner = b"Date: Mon, 23 Nov 2026 15:00:00 +0000\nMessage-ID: <report@mx.shop.test>\n" + report(ANN)
    outer = b'From: Ann <ann@shop.test>\nSubject: Fwd\nContent-Type: multipart/mixed; boundary="o"\n\n--o\n\nSee:\n'
    found = classify(outer + b"--o\nContent-Type: message/rfc822\n\n" + inner + b"\n--o--\n")
    assert (found.original_message_id, found.original_date) == ("<ours-1@sender.test>", None)
