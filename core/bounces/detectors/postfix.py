"""Postfix before it reported in fields: a paragraph a recipient."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

postfix = Dialect(
    known_by=phrase(r"This is the (?:Postfix program|mail system) at host", r"The (?:Postfix program|mail system)\b"),
    recipient=lines(rf"(?:\A|(?<=\n\n))[ \t]*<(?P<address>{ADDRESS})>(?:\s\(expanded\s+from\s[^)]{{1,400}}\))?:"),
    delayed=phrase(
        r"has not yet been delivered|THIS IS A WARNING ONLY|Your message could not be delivered for more than"
    ),
)
