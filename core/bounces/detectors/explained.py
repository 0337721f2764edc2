"""Those that give the reason first and the recipients below: Openwave (EZweb uses it), MailMarshal."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

explained = Dialect(
    known_by=phrase(
        r"This message was undeliverable due to the following reason",
        r"Could not be delivered because of",
        r"Your message was not delivered within",
        r"The user\(s\) account is",
    ),
    recipient=lines(rf"^[ \t]*<?(?P<address>{ADDRESS})>?$", rf"^[ \t]*<(?P<address2>{ADDRESS})>:[ \t]"),
    ends=phrase(r"\nPlease reply to"),
    is_about_all=True,
)
