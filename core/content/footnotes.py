"""The list of links at the end of a text part, where some of the links are not for everybody."""

import re

from .marks import BranchMark, Marks

_FIRST_NOTE = "\n\n[1] "
_NUMBER = re.compile(r"\[([0-9]+)\]")


def with_conditional_footnotes(text: str, marks: Marks) -> str:
    """The text with each line of its list of links (`[1] https://...`) under the conditions of what refers to it."""
    before, first_note, notes = text.rpartition(_FIRST_NOTE)
    if not first_note or not marks.has_choices:
        return text
    around = _branches_around_numbers(before, marks)
    lines = (first_note.lstrip("\n") + notes).splitlines(keepends=True)
    return before + "\n\n" + "".join(_conditional(line, around, marks) for line in lines)


def _branches_around_numbers(text: str, marks: Marks) -> dict[str, list[BranchMark]]:
    """For each number in brackets, the branches in which it first stands, from the outside."""
    found, branches = {}, []
    for token in marks.tokens(text):
        if isinstance(token, str):
            for number in _NUMBER.findall(token):
                found.setdefault(number, list(branches))
        elif isinstance(token, BranchMark):
            if token.branch != 0:
                del branches[-1:]
            if token.branch is not None:
                branches.append(token)
    return found


def _conditional(line: str, around: dict[str, list[BranchMark]], marks: Marks) -> str:
    number = _NUMBER.match(line)
    for mark in reversed(around.get(number[1], []) if number else []):
        line = marks.only_in(mark, line)
    return line
