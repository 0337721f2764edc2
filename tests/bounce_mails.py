"""Mails of strangers about a mail of ours: complaints, receipts, answers of machines and of people."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import make_msgid

from .delivery_reports import _returned


def _report(mail, kind, subject):
    report = MIMEMultipart("report", report_type=kind)
    report["From"] = "Somebody <somebody@mx.example>"
    report["To"] = mail.sender
    report["Subject"] = subject
    report["Message-ID"] = make_msgid(domain="mx.example")
    report.attach(MIMEText("A machine writes this."))
    return report


def complaint(mail, feedback_type="abuse"):
    """A feedback report (RFC 5965) that names nobody, as most do."""
    report = _report(mail, "feedback-report", "complaint")
    fields = MIMEText(f"Feedback-Type: {feedback_type}\nUser-Agent: Loop/1.0\nVersion: 1\n", "feedback-report")
    fields.replace_header("Content-Type", "message/feedback-report")
    report.attach(fields)
    report.attach(_returned(mail, False))
    return report.as_bytes()


def read_receipt(mail):
    """A disposition notification (RFC 8098): somebody has seen it."""
    report = _report(mail, "disposition-notification", "Read: News")
    fields = MIMEText(
        f"Final-Recipient: rfc822;{mail.recipients[0]}\nOriginal-Message-ID: {mail.message['Message-ID']}\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n"
    )
    fields.replace_header("Content-Type", "message/disposition-notification")
    report.attach(fields)
    report.attach(_returned(mail, True))
    return report.as_bytes()


def answer(email, subject="Re: News", to="editors@example.org", **headers):
    """A mail from somebody; `headers` with underscores for hyphens."""
    mail = EmailMessage()
    mail["From"] = email
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = make_msgid(domain="mx.example")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Thank you.")
    return mail.as_bytes()


def garbage(mail):
    """Bytes that no parser likes."""
    return b"From: =?nope?q?=FF?= <x\nContent-Type: multipart/report; boundary=\n\n" + bytes(range(256)) + mail.content
