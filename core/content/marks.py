"""Marks that stand for holes and choices while a text goes through software that knows of neither.

A mark is made of private-use characters of plane 16, which no font and no word processor uses, so it survives HTML
parsers, QWeb and the conversion to plain text as an ordinary word would. It does not survive the writing of an `href`
by libxml2, which percent-encodes: put marks into links by replacing text, afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import _
from .conditions import Condition
from .errors import NotCompilable
from .template import Choice, Hole, Template

_BEGIN, _END = "\U0010f8f0", "\U0010f8f1"
# the number of a hole; or that of a choice, and which of its branches begins here, or a stop after the last one
_MARK = re.compile(rf"{_BEGIN}([0-9]+)(?:\?([0-9]+)|(\.))?{_END}")
_STRAY = re.compile(f"[{_BEGIN}{_END}]")


def without_marks(text: str) -> str:
    """The text without characters that could be taken for marks: to be used on whatever comes from outside."""
    return _STRAY.sub("", text)


@dataclass(frozen=True)
class BranchMark:
    """Where a branch of a choice begins; `branch` is None where the last one ends."""

    number: int
    branch: int | None


class Marks:
    """The marks of one text. The same hole always gets the same mark."""

    def __init__(self):
        self._marked: list[Hole | tuple[Condition, ...]] = []

    def mark(self, hole: Hole) -> str:
        """The mark to put where the hole is."""
        return f"{_BEGIN}{self._number(hole)}{_END}"

    def choice(self, *conditions: Condition) -> tuple[list[str], str]:
        """The marks to put before each branch, the last of which has no condition; and the one to put after all."""
        number = self._number(conditions)
        return [f"{_BEGIN}{number}?{i}{_END}" for i in range(len(conditions) + 1)], f"{_BEGIN}{number}.{_END}"

    def only_in(self, mark: BranchMark, text: str) -> str:
        """The text where that branch is chosen, and nothing in the others."""
        before, after = self.choice(*self._marked[mark.number])
        return "".join([*before[: mark.branch + 1], text, *before[mark.branch + 1 :], after])

    @property
    def has_choices(self) -> bool:
        return any(isinstance(marked, tuple) for marked in self._marked)

    def tokens(self, text: str) -> Iterator[str | Hole | BranchMark]:
        """The text between marks, and what the marks stand for."""
        end = 0
        for match in _MARK.finditer(text):
            yield text[end : match.start()]
            marked = self._marked[int(match[1])]
            is_hole = isinstance(marked, Hole)
            yield marked if is_hole else BranchMark(int(match[1]), None if match[3] else int(match[2]))
            end = match.end()
        yield text[end:]

    def template(self, text: str) -> Template:
        """The text with holes and choices where its marks are. Raises NotCompilable where marks of choices are torn."""
        pieces, ended_by = self._pieces(self.tokens(text))
        if ended_by:
            raise torn()
        return Template(pieces)

    def marked(self, template: Template) -> str:
        """The template as text with marks."""
        return "".join(map(self._marked_piece, template))

    def _number(self, marked: Hole | tuple[Condition, ...]) -> int:
        if marked not in self._marked:
            self._marked.append(marked)
        return self._marked.index(marked)

    def _marked_piece(self, piece: str | Hole | Choice) -> str:
        if isinstance(piece, str):
            return without_marks(piece)
        if isinstance(piece, Hole):
            return self.mark(piece)
        before, after = self.choice(*piece.conditions)
        branches = map(self.marked, piece.branches)
        return "".join(mark + branch for mark, branch in zip(before, branches, strict=True)) + after

    def _pieces(self, tokens: Iterator) -> tuple[list, BranchMark | None]:
        """Pieces up to the mark that ends them, and that mark; None at the end of the text."""
        pieces = []
        for token in tokens:
            if not isinstance(token, BranchMark):
                pieces.append(token)
            elif token.branch == 0:
                pieces.append(self._choice(token.number, tokens))
            else:
                return pieces, token
        return pieces, None

    def _choice(self, number: int, tokens: Iterator) -> Choice:
        conditions, branches = self._marked[number], []
        while True:
            pieces, ended_by = self._pieces(tokens)
            branches.append(Template(pieces))
            if ended_by == BranchMark(number, None) and len(branches) == len(conditions) + 1:
                return Choice(conditions, tuple(branches))
            if ended_by != BranchMark(number, len(branches)):
                raise torn()


def torn() -> NotCompilable:
    """Why a body with such conditions is left to Odoo."""
    return NotCompilable(_("a condition begins and ends in different places of the body"))
