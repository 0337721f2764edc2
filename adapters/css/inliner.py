"""What inlines style sheets, whichever library does it."""

from dataclasses import dataclass
from typing import Protocol


class BadStyleSheet(Exception):
    """A style sheet that cannot be brought into `style` attributes."""


@dataclass(frozen=True)
class Inlined:
    """A piece of HTML without style sheets, and the style sheet of what no attribute can say (media, `:hover`)."""

    html: str
    styles: str = ""


class Inliner(Protocol):
    def inline(self, html: str) -> Inlined:
        """Bring the style sheets in a piece of HTML into `style` attributes. Raises BadStyleSheet."""
