"""Sendmail: the addresses between one ruled heading and the next, the transcript below (Active! hunter too)."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

_HEADING = r"--\s+The\s+following\s+address(?:es)?\s+had\s+(?!successful)"

sendmail = Dialect(
    known_by=phrase(_HEADING),
    begins=phrase(rf"{_HEADING}[\w -]{{1,60}}-{{2,}}"),
    recipient=lines(
        rf"^[ \t]*(?:>>>[ \t]*)?<?(?P<address>{ADDRESS})>?(?=[ \t]*$|[ \t]+[(</]|[ \t]*\n)",
    ),
    ends=phrase(r"(?<!\n)\n\s*-{2,}\s+(?:Transcript\s+of\s+session|(?:Original|Unsent|Returned)\s+message)"),
    delayed=phrase(r"transient non-fatal errors", r"will continue to (?:try|be tried)", r"THIS IS A WARNING"),
)
