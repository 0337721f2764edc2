"""Delivery status notifications (RFC 3464), as mail servers send them to the envelope sender."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import make_msgid


def delivery_report(mail, action="failed", status="4.2.2", diagnostic="smtp; 452 4.2.2 Mailbox full", **parts):
    """The bytes of a report about a received mail (`smtp_server.ReceivedMail`).

    `only_headers`: the report brings the mail's headers back, not the whole of it.
    """
    [recipient] = mail.recipients
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example>"
    report["To"] = mail.sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Message-ID"] = make_msgid(domain="mx.example")
    report.attach(MIMEText("This is the mail system at mx.example. Your message could not be delivered."))
    report.attach(_status(recipient, action, status, diagnostic))
    report.attach(_returned(mail, parts.get("only_headers")))
    return report.as_bytes()


def _status(recipient, action, status, diagnostic):
    of_message, of_recipient = Message(), Message()
    of_message["Reporting-MTA"] = "dns; mx.example"
    of_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    of_recipient["Action"] = action
    of_recipient["Status"] = status
    of_recipient["Diagnostic-Code"] = diagnostic
    part = Message()
    part["Content-Type"] = "message/delivery-status"
    part.set_payload([of_message, of_recipient])
    return part


def _returned(mail, only_headers):
    if only_headers:
        head = mail.content.partition(b"\r\n\r\n")[0].decode() + "\r\n\r\n"
        return MIMEText(head, "rfc822-headers")
    part = EmailMessage()
    part["Content-Type"] = "message/rfc822"
    part.set_payload([mail.message])
    return part
