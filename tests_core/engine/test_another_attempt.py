"""Whether a mail that came back softly goes again."""

import pytest
from bulk_mailing.core.another_attempt import may_help
from bulk_mailing.core.bounces import Reason, RecipientFailure, Severity

CASES = [
    (Reason.MAILBOX_FULL, "5.2.2", "552", True),  # passes by itself, whatever its first figure says (RFC 3463, 3.3)
    (Reason.EXPIRED, "", "", True),
    (Reason.FILTERED, "4.7.1", "", True),  # the server itself says that it is for now
    (Reason.FILTERED, "", "450", True),
    (Reason.FILTERED, "5.2.1", "450", False),  # the status is nearer to the truth than a relay's code
    (Reason.MESG_TOO_BIG, "5.3.4", "552", False),
    (Reason.UNDEFINED, "", "", False),
]


@pytest.mark.parametrize("reason, status, code, expected", CASES)
def test_may_help(reason, status, code, expected):
    """B10: what passes by itself is tried again; what was refused for good would only be refused again."""
    assert may_help(RecipientFailure("ann@example.org", Severity.SOFT, reason, status, code)) is expected
