"""Those that name the recipient in a sentence: IMail, KDDI, InterScan, MailFoundry, SurfControl, mobile gateways ..."""

from ..addresses import ADDRESS
from ..dialect import Dialect, phrase

_BEFORE = (
    r"undeliverable\s+to",
    r"(?:could|can)\s?not\s+be\s+delivered\s+to",
    r"(?:unable|failed)\s+to\s+deliver\s+(?:the\s+|your\s+|this\s+)?(?:message|mail|e-?mail)\s+to",
    r"(?:unknown|invalid)\s+user",
    r"user\s+mailbox\s+exceeds\s+allowed\s+size",
    r"user's\s+mailbox\s+is\s+full",
    r"mailbox\s+is\s+full\s+for",
    r"rejected\s+recipient",
    r"failed\s+(?:recipient|address)",
    r"failed\s+to\s+deliver\s+to",
    r"Addressed\s+To",
    r"\bRCPT\s+TO",
    r"(?:was|were)\s+not\s+delivered\s+to",
    r"delivery\s+to\s+(?:the\s+)?(?:address|recipient|user)",
    r"(?:message|mail)\s+(?:you\s+sent\s+)?to",
    r"returned\s+permanent\s+errors",
    r"unknown\s+host",
    r"invalid\s+final\s+delivery\s+userid",
    r"delivery\s+failed\s+\d{1,4}\s+attempts",
)
# a phrase that no letter of a person begins with
_KNOWN_BY = (
    r"Body of message generated response",
    r"Could not be delivered to:",
    r"User mailbox exceeds allowed size",
    r"User's mailbox is full:",
    r"Unable to deliver (?:the |your |this )?(?:message|mail) (?:to|delivered)",
    r"Your message could not be sent\. A transcript",
    r"InterScan",
    r"Message could not be delivered to (?:mobile|recipient)",
    r"(?:Error|error) message below:",
    r"Invalid user address",
    r"No valid recipients for this",
    r"Message details: .{1,600}RCPT TO:",
    r"We had trouble delivering your message",
    r"rejected recipient <",
    r"undeliverable to ",
    r"(?:Unknown (?:user|host)|Invalid final delivery userid): \S{1,64}@",
    r"recipients returned permanent errors: ",
    r"Delivery failed \d{1,4} attempts: ",
    r"Delivery failed for the following reason",
    r"Failed (?:recipient|address): ",
    r"Failed to deliver to ['<]",
)

named = Dialect(
    known_by=phrase(*_KNOWN_BY),
    recipient=phrase(rf"(?:{'|'.join(_BEFORE)})\s?:?\s{{0,20}}[<\"']?(?P<address>{ADDRESS})"),
    is_about_all=True,
)
