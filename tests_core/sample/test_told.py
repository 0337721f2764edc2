"""What became of a test mail, in words."""

import pytest
from bulk_mailing.core.replies import SmtpReply, Verdict
from bulk_mailing.core.sample import told
from bulk_mailing.core.text import Text

REFUSED = SmtpReply(550, "5.1.1", "No such user")
BUSY = SmtpReply(450, "4.2.0", "Come back later")
TROUBLE = Text("It wants us to log in.", {})

CASES = [
    (Verdict.SENT, SmtpReply(250, "2.0.0", "OK"), None, "accepted by mail.example.com: 250 2.0.0 OK"),
    (Verdict.SENT, None, None, "accepted by mail.example.com: 250"),
    (Verdict.FAILED, REFUSED, None, "refused: 550 5.1.1 No such user"),
    (Verdict.DEFERRED, BUSY, None, "not accepted for now: 450 4.2.0 Come back later"),
    (Verdict.SERVER_TROUBLE, None, TROUBLE, "not sent: It wants us to log in."),
    (Verdict.FAILED, None, TROUBLE, "not sent: It wants us to log in."),
    (Verdict.IN_DOUBT, None, None, "in doubt, the connection with mail.example.com broke after it was handed over"),
    (Verdict.UNTOUCHED, None, None, "not sent, mail.example.com did not answer in time"),
]


@pytest.mark.parametrize("verdict, reply, reason, words", CASES)
def test_told(verdict, reply, reason, words):
    """C27: each end of a test mail is said, with the server's own words."""
    assert str(told("mail.example.com", verdict, reply, reason)) == words
