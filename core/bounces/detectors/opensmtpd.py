"""OpenSMTPD: "ann@example.org: 550 5.1.1 No such user", a paragraph each."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

opensmtpd = Dialect(
    known_by=phrase(r"This is the MAILER-DAEMON, please DO NOT REPLY to this e-?mail"),
    begins=phrase(r"list\s+of\s+recipients:"),
    recipient=lines(rf"^(?P<address>{ADDRESS}):"),
    ends=phrase(r"(?<!\n)\n\s*(?:Below\s+is|Please\s+note)"),
    delayed=phrase(r"this is only a temporary failure report"),
)
