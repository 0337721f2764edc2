"""Line ends with their indentation around conditions: QWeb shows them only together with what they indent."""

import re

_AT_END = re.compile(r"\n[ \t]*$")
_AT_BEGIN = re.compile(r"[ \t]*\n")


def move_into(choice: list) -> list[str]:
    """Take away the line end before a choice, and those its containers end with; what each branch is to begin with."""
    line_end, beginnings = _cut_before(choice[0]), []
    for branch in choice:
        if _has_own(branch):
            line_end = ""  # for those after it too
        beginnings.append("" if _is_empty(branch) else line_end)
        if _is_container(branch):
            _cut(*((branch[-1], "tail") if len(branch) else (branch, "text")))
    return beginnings


def _has_own(branch) -> bool:
    return branch.tag == "t" and "t-else" not in branch.attrib and bool(_AT_BEGIN.match(branch.text or ""))


def _is_empty(branch) -> bool:
    return _is_container(branch) and not len(branch) and not branch.text


def _is_container(branch) -> bool:
    return branch.tag == "t" and "t-out" not in branch.attrib


def _cut_before(element) -> str:
    previous = element.getprevious()
    return _cut(element.getparent(), "text") if previous is None else _cut(previous, "tail")


def _cut(element, name: str) -> str:
    """Take the line end from the end of an element's text or tail."""
    text = getattr(element, name) or ""
    kept = _AT_END.sub("", text)
    setattr(element, name, kept)
    return text[len(kept) :]
