"""Lotus Notes and Domino."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

notes = Dialect(
    known_by=phrase(r"--- Failure Reasons ---", r"was not delivered to: .{1,400} because:"),
    # the reason stands above the address here, and below it there
    begins=phrase(r"---\s+Failure\s+Reasons\s+-{3,}", r"was\s+not\s+delivered\s+to:"),
    recipient=lines(rf"^[ \t]*(?P<address>{ADDRESS})[ \t]*$"),
    is_about_all=True,
)
