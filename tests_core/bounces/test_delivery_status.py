"""RFC 3464: reports that say in fields what happened to each recipient."""

import pytest
from bulk_mailing.core.bounces import Kind, Reason, Severity, classify

REPORT = """\
From: MAILER-DAEMON@mx.shop.test
To: news@sender.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

%(text)s

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.shop.test

%(fields)s

--b1
Content-Type: text/rfc822-headers

Message-ID: <ours-1@sender.test>
To: ann@shop.test
Subject: News

--b1--
"""

ANN = """\
Final-Recipient: rfc822; ann@shop.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ann@shop.test>: no such user"""
BOB = """\
Final-Recipient: rfc822; bob@shop.test
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Over quota"""
LATE = "Final-Recipient: rfc822; cid@shop.test\nAction: delayed\nStatus: 4.4.1"
DONE = "Final-Recipient: rfc822; dan@shop.test\nAction: delivered\nStatus: 2.0.0"


def report(fields: str, text: str = "Your mail could not be delivered.") -> bytes:
    """A report with these fields."""
    return (REPORT % {"fields": fields, "text": text}).encode()


def verdicts(raw: bytes) -> dict:
    """Severity and reason of each recipient."""
    return {one.address: (one.severity, one.reason) for one in classify(raw).recipients}


def test_each_recipient_has_a_verdict():
    """B3: one is dead, one is full; whose mail arrived is not mentioned."""
    found = classify(report("\n\n".join([ANN, BOB, DONE])))
    assert found.kind is Kind.BOUNCE
    assert {one.address: (one.severity, one.reason) for one in found.recipients} == {
        "ann@shop.test": (Severity.HARD, Reason.USER_UNKNOWN),
        "bob@shop.test": (Severity.SOFT, Reason.MAILBOX_FULL),
    }
    assert (found.recipients[0].enhanced_status_code, found.recipients[0].smtp_reply_code) == ("5.1.1", "550")
    assert found.recipients[0].diagnostic == "550 5.1.1 <ann@shop.test>: no such user"


def test_returned_message_is_known():
    """A forged bounce cannot name our Message-ID."""
    assert classify(report(ANN)).original_message_id == "<ours-1@sender.test>"


KINDS = [
    ([LATE], Kind.DELAY),
    ([LATE, ANN], Kind.BOUNCE),
    ([DONE], Kind.NOT_A_BOUNCE),
    ([DONE.replace("delivered", "relayed")], Kind.NOT_A_BOUNCE),
]


@pytest.mark.parametrize("fields, kind", KINDS)
def test_kind(fields, kind):
    """Who reports a delay goes on trying; who reports an arrival reports no bounce."""
    assert classify(report("\n\n".join(fields))).kind is kind


def test_delay_is_soft():
    """A delay never says that an address is dead."""
    assert verdicts(report(ANN.replace("failed", "delayed"))) == {"ann@shop.test": (Severity.SOFT, Reason.USER_UNKNOWN)}


ODD_FIELDS = [
    ANN.replace("\n", "\n\n"),  # a blank line after each
    "\n".join(reversed(ANN.split("\n"))),
    ANN.replace("no such user", "no\n such\n user"),
    ANN.replace("Final-Recipient: rfc822; ann@shop.test", "Original-Recipient: <ann@shop.test>"),
    ANN.replace("ann@shop.test\nA", "/var/mail/ann\nA"),  # a file; the returned mail names the recipient
]


@pytest.mark.parametrize("fields", ODD_FIELDS)
def test_fields_in_the_wild(fields):
    """Blank lines, any order, folds, and recipients that are none do not hide who is meant."""
    assert verdicts(report(fields)) == {"ann@shop.test": (Severity.HARD, Reason.USER_UNKNOWN)}


def test_text_tells_the_stage():
    """Unknown at RCPT is unknown; without a status or a stage it may be a filter, which is soft."""
    vague = (
        "Final-Recipient: rfc822; ann@shop.test\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 user unknown"
    )
    told = "<ann@shop.test>: host mx.shop.test said: 550 user unknown (in reply to RCPT TO command)"
    assert verdicts(report(vague)) == {"ann@shop.test": (Severity.SOFT, Reason.FILTERED)}
    assert verdicts(report(vague, told)) == {"ann@shop.test": (Severity.HARD, Reason.USER_UNKNOWN)}


def test_name_that_nobody_writes_to():
    """A report may name a mailbox inside; the other field then names the address."""
    inside = ANN.replace("ann@shop.test\nA", "ann@ims-ms-daemon\nOriginal-Recipient: rfc822; ann@shop.test\nA", 1)
    assert list(verdicts(report(inside))) == ["ann@shop.test"]


def test_sendmail_writes_the_first_line_only():
    """The rest of the reply stands in the session."""
    field = ANN.replace("5.1.1\n", "5.7.0\n").replace(
        "550 5.1.1 <ann@shop.test>: no such user", "552-5.7.0 This message"
    )
    session = ">>> DATA\n<<< 552-5.7.0 This message\n<<< 552 5.7.0 was found to be spam, see our pages"
    assert verdicts(report(field, session)) == {"ann@shop.test": (Severity.POLICY, Reason.SPAM_DETECTED)}


CATEGORIES = [("quota-issues", "mailboxfull"), ("spam-related", "spamdetected"), ("inactive-mailbox", "suspend")]


@pytest.mark.parametrize("category, reason", CATEGORIES)
def test_powermta_tells_a_category(category, reason):
    """What it took the refusal for stands in a field of its own."""
    field = ANN.replace("5.1.1\n", "5.0.0 (permanent failure)\n").replace(
        "550 5.1.1 <ann@shop.test>: no such user", "550 no"
    )
    assert verdicts(report(f"{field}\nX-PowerMTA-BounceCategory: {category}"))["ann@shop.test"][1] == reason
