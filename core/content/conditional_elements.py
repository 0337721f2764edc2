"""Elements with `t-if`, `t-elif` and `t-else`, and the marks that stand for their directives."""

from itertools import takewhile

from lxml import etree

from ..text import _
from . import line_ends
from .conditions import parse_condition
from .errors import NotCompilable
from .marks import Marks

_OTHERWISE = ("t-elif", "t-else")


class ConditionalElements:
    """The elements of one body that have a condition."""

    def __init__(self, marks: Marks):
        self._marks = marks
        self._found = set()

    def __contains__(self, element) -> bool:
        return element in self._found

    def replace(self, element) -> None:
        """Where an element begins a choice, put marks around it and the others of the choice.

        Elements must come in the order of the document. Raises NotCompilable.
        """
        if "t-if" not in element.attrib:
            return
        choice = _choice_from(element)
        self._found.update(choice)
        beginnings = line_ends.move_into(choice)
        conditions = [expression for expression in map(_expression_of, choice) if expression is not None]
        before, after = self._marks.choice(*map(parse_condition, conditions))
        for branch, mark, line_end in zip(choice, before, beginnings, strict=False):
            put_before(branch, mark + line_end)
        unused = before[len(choice) :]  # without t-else the last branch is empty
        choice[-1].tail = "".join(unused) + after + (choice[-1].tail or "")


def put_before(element, text: str) -> None:
    """Put text before an element."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text


def _choice_from(element) -> list:
    """The element and those that stand for it, brought together as QWeb does: comments between them come after."""
    choice, comments = [element], []
    while (following := _following(choice[-1])) is not None and set(_OTHERWISE) & set(following.attrib):
        if (choice[-1].tail or "").strip():
            raise NotCompilable(_("there is text between a condition and its “otherwise”"))
        choice[-1].tail = None
        comments += takewhile(lambda sibling: sibling is not following, choice[-1].itersiblings())
        choice.append(following)
        if "t-else" in following.attrib:
            break
    _put_after(choice[-1], comments)
    return choice


def _put_after(element, comments: list) -> None:
    """Move comments, each with the text behind it, between an element and the text behind that."""
    tail, element.tail = element.tail, None
    for comment in reversed(comments):
        element.addnext(comment)
    last = [element, *comments][-1]
    last.tail = (last.tail or "") + (tail or "")


def _following(element):
    following = element.getnext()
    while following is not None and following.tag is etree.Comment:
        following = following.getnext()
    return following


def _expression_of(element) -> str | None:
    """Take the condition from an element; None for `t-else`."""
    expressions = [element.attrib.pop(name, None) for name in ("t-if", "t-elif")]
    element.attrib.pop("t-else", None)
    return next((expression for expression in expressions if expression is not None), None)
