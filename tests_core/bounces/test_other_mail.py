"""What comes to the return-path and is no bounce: complaints, receipts, automatic answers, notifications."""

import json
import tomllib
from pathlib import Path

import pytest
from bulk_mailing.core.bounces import Kind, classify

COMPLAINT = """\
From: feedback@provider.test
To: complaints@sender.test
Subject: Abuse report
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: text/plain

Undeliverable: this mail could not be delivered, 550 5.1.1 User unknown

--b1
Content-Type: message/feedback-report

Feedback-Type: %(type)s
User-Agent: Feedback/1.0
Version: 1
%(who)s
--b1
Content-Type: message/rfc822

From: news@sender.test
To: ann@shop.test
Message-ID: <ours-1@sender.test>

Hello
--b1--
"""


def complaint(kind: str = "abuse", who: str = "") -> bytes:
    """A feedback report."""
    return (COMPLAINT % {"type": kind, "who": who}).encode()


@pytest.mark.parametrize("kind", ["abuse", "opt-out", "auth-failure", "fraud", "virus"])
def test_complaint(kind):
    """B17: a complaint is a complaint of its type, and about the mail that it returns."""
    report = classify(complaint(kind))
    assert (report.kind, report.feedback_type) == (Kind.COMPLAINT, kind)
    assert report.original_message_id == "<ours-1@sender.test>"


def test_who_complains():
    """The report's own fields count, all of them; else whom the returned mail went to."""
    two = classify(complaint(who="Original-Rcpt-To: <bob@shop.test>\nOriginal-Rcpt-To: cid@shop.test\n"))
    assert [one.address for one in two.recipients] == ["bob@shop.test", "cid@shop.test"]
    assert [one.address for one in classify(complaint()).recipients] == ["ann@shop.test"]


def test_junk_mail_report():
    """Microsoft sends the mail itself back, with the reader's address in a header."""
    raw = b"From: staff@hotmail.test\nSubject: complaint\nX-HmXmrOriginalRecipient: ann@shop.test\n\nHello"
    report = classify(raw)
    assert (report.kind, [one.address for one in report.recipients]) == (Kind.COMPLAINT, ["ann@shop.test"])


RECEIPT = b"""\
From: ann@shop.test
To: news@sender.test
Subject: Read: News
Content-Type: multipart/report; report-type=disposition-notification; boundary="b1"

--b1
Content-Type: text/plain

Your message was read. It could not be delivered, no. 550 5.1.1 User unknown
--b1
Content-Type: message/disposition-notification

Final-Recipient: rfc822;ann@shop.test
Disposition: manual-action/MDN-sent-manually; displayed
--b1--
"""


def test_read_receipt():
    """B2: who reads a mail has got it (stock counts a receipt as a bounce)."""
    assert classify(RECEIPT).kind is Kind.NOT_A_BOUNCE


ANSWERS = [
    "Auto-Submitted: auto-replied\nSubject: Hello",
    "Subject: Out of office: News",
    "Subject: Automatic reply: News",
    "Subject: Automatisch antwoord: News",
    "Subject: Abwesenheitsnotiz",
    "Subject: =?utf-8?q?R=C3=A9ponse_automatique?= : News",
    "X-Autoreply: yes\nSubject: News",
    "Precedence: auto_reply\nSubject: News",
]


@pytest.mark.parametrize("head", ANSWERS)
@pytest.mark.parametrize(
    "text",
    [
        "I am away until Monday.",
        "I have left the company; ann@shop.test does not exist any more. 550 5.1.1 User unknown, undeliverable.",
    ],
)
def test_automatic_answer(head, text):
    """B2: an automatic answer is no bounce, even where it tells that the person has left."""
    raw = f"From: Ann <ann@shop.test>\nTo: news@sender.test\n{head}\n\n{text}".encode()
    assert classify(raw).kind is Kind.AUTO_REPLY


NOTICES = [("auto-generated", "We have received your request"), ("auto-notified", "Ticket 12")]


@pytest.mark.parametrize("submitted, subject", NOTICES)
def test_notice_of_a_machine(submitted, subject):
    """What a machine sends of its own accord is no bounce, though nothing failed in it could be one."""
    raw = f"From: desk@shop.test\nSubject: {subject}\nAuto-Submitted: {submitted}\n\nIt failed: mailbox 12"
    assert classify(raw.encode()).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize("submitted", ["auto-replied", "auto-generated (failure)"])
def test_marked_report(submitted):
    """A report in nobody's dialect is a bounce, though its daemon marks it as an automatic answer."""
    head = f"From: Mail Delivery System <mailer-daemon@shop.test>\nSubject: Not delivered\nAuto-Submitted: {submitted}"
    report = classify(f"{head}\n\nAddressee ann@shop.test: 550 5.1.1 no such user".encode())
    assert (report.kind, report.recipients[0].severity) == (Kind.BOUNCE, "hard")


OTHER_COMPLAINTS = [
    ("From: staff@hotmail.test\nSubject: complaint about message from 192.0.2.5", "abuse"),
    ("From: complaints@email-abuse.amazonses.test\nSubject: complaint about message from 192.0.2.5", "abuse"),
    ("From: ann@shop.test\nSubject: unsubscribe\nX-Apple-Unsubscribe: true", "opt-out"),
]


@pytest.mark.parametrize("head, kind", OTHER_COMPLAINTS)
def test_complaint_without_fields(head, kind):
    """Some providers have other ways to say it."""
    report = classify(f"{head}\n\nHello".encode())
    assert (report.kind, report.feedback_type) == (Kind.COMPLAINT, kind)


def notification(**content) -> bytes:
    """A notification of Amazon SES, by mail."""
    headers = [{"name": "From", "value": "news@sender.test"}, {"name": "Message-ID", "value": "<ours-1@sender.test>"}]
    inner = json.dumps({"mail": {"messageId": "0101-abc", "headers": headers}, **content})
    outer = json.dumps({"Type": "Notification", "Message": inner}, indent=2)
    return f"From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n{outer}".encode()


def test_amazon_bounce():
    """B2: a bounce of SES that comes as mail; it is found by our Message-ID, which SES replaces."""
    who = {"emailAddress": "ann@shop.test", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    report = classify(notification(notificationType="Bounce", bounce={"bouncedRecipients": [who]}))
    assert (report.kind, report.recipients[0].severity) == (Kind.BOUNCE, "hard")
    assert report.original_message_id == "<ours-1@sender.test>"


def test_amazon_complaint_and_delivery():
    """A complaint is one, and a delivery nothing."""
    who = {"complainedRecipients": [{"emailAddress": "ann@shop.test"}], "complaintFeedbackType": "abuse"}
    assert classify(notification(notificationType="Complaint", complaint=who)).kind is Kind.COMPLAINT
    assert classify(notification(notificationType="Delivery", delivery={})).kind is Kind.NOT_A_BOUNCE


def test_report_passed_on():
    """A report that a provider or a colleague passes on says what the inner one says."""
    inner = (
        "Return-Path: <>\nReceived: from mx.shop.test by mx.sender.test; Thu, 1 Jan 2026 12:00:00 +0100\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b2"\n\n'
        "--b2\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; ann@shop.test\nAction: failed\nStatus: 5.1.1\n\n"
        "--b2\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours-1@sender.test>\n\n--b2--\n"
    )
    raw = f"From: dan@sender.test\nTo: help@sender.test\nSubject: Fwd: what is this?\n\nSee below.\n\n{inner}".encode()
    report = classify(raw)
    assert [(one.address, one.severity) for one in report.recipients] == [("ann@shop.test", "hard")]
    assert report.original_message_id == "<ours-1@sender.test>"


PLAIN = [
    b"",
    b"\n\n\n",
    b"From: ann@shop.test\nSubject: Re: News\n\nThank you, it was rejected by my boss: mailbox full, he said.",
    b"From: MAILER-DAEMON@mx.test\nSubject: Welcome\n\nHello",
    b"Subject: Undeliverable\n\n",
]


@pytest.mark.parametrize("raw", PLAIN)
def test_not_a_bounce(raw):
    """Other mail is other mail."""
    assert classify(raw).kind is Kind.NOT_A_BOUNCE


LETTERS = tomllib.loads(Path(__file__).with_name("other_mail.toml").read_text("utf-8"))["mail"]


@pytest.mark.parametrize("mail", LETTERS, ids=lambda mail: mail["name"])
def test_other_mail(mail):
    """B2: answers of machines, receipts, reports, newsletters and what people write are no bounces."""
    kind = classify(mail["raw"].lstrip("\n").encode()).kind
    assert kind not in (Kind.BOUNCE, Kind.DELAY) if mail["kind"] == "!bounce" else kind == mail["kind"]


def test_arrived_at_some():
    """B3: Sendmail tells of success and of failure in one report."""
    text = (
        "The original message was received at Mon, 2 Mar 2009 09:15:00 GMT\n\n"
        "   ----- The following addresses had successful delivery notifications -----\n<ann@shop.test>  (relayed)\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n<bob@shop.test>\n\n"
        "   ----- Transcript of session follows -----\n>>> RCPT To:<bob@shop.test>\n<<< 550 5.1.1 User unknown\n"
        "550 5.1.1 <bob@shop.test>... User unknown\n"
    )
    report = classify(f"From: MAILER-DAEMON@shop.test\nSubject: Returned mail\n\n{text}".encode())
    assert [(one.address, one.severity) for one in report.recipients] == [("bob@shop.test", "hard")]
