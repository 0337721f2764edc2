"""Smail 3, which Deutsche Telekom still uses: banners between bars, the address below, or "ann@example.org ... why"."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

smail = Dialect(
    known_by=phrase(r"\|-{3,} Failed addresses follow: -{3,}\|"),
    begins=phrase(r"---\s+Failed\s+addresses\s+follow:\s+-{3,}\|"),
    recipient=lines(rf"^[ \t]*<?(?P<address>{ADDRESS})>?(?=[ \t]*$|[ \t]+\.\.\.[ \t])"),
    ends=phrase(r"\n\|-{3,}"),
)
