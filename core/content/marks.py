"""Marks that stand for holes while a text goes through software that knows of no holes.

A mark is made of private-use characters of plane 16, which no font and no word processor uses, so it survives HTML
parsers, QWeb and the conversion to plain text as an ordinary word would. It does not survive the writing of an `href`
by libxml2, which percent-encodes: put marks into links by replacing text, afterwards.
"""

import re

from .template import Hole, Template

_BEGIN, _END = "\U0010f8f0", "\U0010f8f1"
_MARK = re.compile(f"{_BEGIN}([0-9]+){_END}")
_STRAY = re.compile(f"[{_BEGIN}{_END}]")


def without_marks(text: str) -> str:
    """The text without characters that could be taken for marks: to be used on whatever comes from outside."""
    return _STRAY.sub("", text)


class Marks:
    """The marks of one text. The same hole always gets the same mark."""

    def __init__(self):
        self._holes: list[Hole] = []

    def mark(self, hole: Hole) -> str:
        """The mark to put where the hole is."""
        if hole not in self._holes:
            self._holes.append(hole)
        return f"{_BEGIN}{self._holes.index(hole)}{_END}"

    def template(self, text: str) -> Template:
        """The text with holes where its marks are."""
        pieces = _MARK.split(text)
        return Template(self._holes[int(piece)] if i % 2 else piece for i, piece in enumerate(pieces))

    def marked(self, template: Template) -> str:
        """The template as text with marks."""
        return "".join(without_marks(piece) if isinstance(piece, str) else self.mark(piece) for piece in template)
