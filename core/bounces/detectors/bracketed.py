"""A gateway that writes "ann@example.org [User unknown]" below Sendmail's first sentence."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

bracketed = Dialect(
    known_by=phrase(r"The original message was received at .{1,400}@\S{1,255} \["),
    recipient=lines(rf"^[ \t]*<?(?P<address>{ADDRESS})>?\s+(?=\[)"),
)
