"""Odoo's placeholders, read without running them.

What is understood: `object.<dotted path>`, alone or with a default (`object.name or 'friend'`), and elements with a
condition on such fields (`t-if`, `t-elif`, `t-else`). Everything else that QWeb or an inline template can do raises
NotCompilable and is left to Odoo.
"""

import ast
import re

from lxml import etree, html

from ..text import _
from .conditional_elements import ConditionalElements, put_before
from .conditions import given
from .errors import NotCompilable
from .marks import Marks, torn, without_marks
from .paths import path_of
from .template import Hole, Template

_INLINE = re.compile(r"\{\{(.+?)(\|\|\|\s*(.*?))?\}\}")  # odoo.tools.rendering_tools.INLINE_TEMPLATE_REGEX
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARSER_WRAPPER = len("<div>"), -len("</div>")


def parse(source: str, by_qweb: bool = True) -> Template:
    """The template in a piece of HTML with placeholders. Raises NotCompilable.

    The HTML is parsed as Odoo does before rendering and comes back as the parser understood it. Odoo renders harmless
    bodies without QWeb, and then (`by_qweb` off) an empty value is shown a little differently.
    """
    if not source.strip():
        return Template([source])
    root = _read(_NOT_IN_XML.sub("", without_marks(source)))
    marks = Marks()
    conditional = ConditionalElements(marks)
    for element in list(root.iter(etree.Element)):
        conditional.replace(element)
        _replace(element, marks, by_qweb, has_condition=element in conditional)
    text = _written(root)
    # where `t` stood between, as in <p><t t-if=""><div>, HTML without it may mean something else
    if marks.has_choices and _written(_read(text)) != text:
        raise torn()
    return marks.template(text)


def parse_inline(source: str) -> Template:
    """The template in a line of text with `{{ }}` placeholders, such as a subject. Raises NotCompilable."""
    pieces, end = [], 0
    for match in _INLINE.finditer(source):
        pieces += [source[end : match.start()], parse_expression(match[1], match[3] or "")]
        end = match.end()
    return Template([*pieces, source[end:]])


def parse_expression(expression: str, default: str = "", shows_zero: bool = False) -> Hole:
    """The hole that an expression stands for. Raises NotCompilable."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _not_understood(expression) from None
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.Or) and len(tree.values) == 2:
        tree, otherwise = tree.values
        if not isinstance(otherwise, ast.Constant) or not isinstance(otherwise.value, str):
            raise _not_understood(expression)
        default, shows_zero = otherwise.value, False
    if path := path_of(tree):
        return Hole(path, default, shows_zero)
    raise _not_understood(expression)


def _read(source: str):
    try:
        return html.fragment_fromstring(source, create_parent="div")
    except etree.LxmlError as error:
        raise NotCompilable(_("the HTML cannot be read: %(error)s", error=str(error))) from error


def _written(root) -> str:
    return html.tostring(root, encoding="unicode", with_tail=False)[slice(*_PARSER_WRAPPER)]


def _replace(element, marks: Marks, by_qweb: bool, has_condition: bool) -> None:
    """Put a mark where an element shows a value; refuse all else that QWeb would act upon."""
    directives = [name for name in element.attrib if name.startswith("t-")]
    is_container = element.tag == "t" and has_condition and not element.attrib
    if is_container:
        element.drop_tag()
    if is_container or (not directives and element.tag != "t"):
        return
    if directives != ["t-out"] or len(element) or (element.tag == "t" and len(element.attrib) > 1):
        raise NotCompilable(_("the body uses “%(directive)s”", directive=(directives or ["t"])[0]))
    _show(element, marks, by_qweb)


def _show(element, marks: Marks, by_qweb: bool) -> None:
    inside = element.text or ""
    expression = element.attrib.pop("t-out")
    hole = parse_expression(expression, inside if by_qweb else inside.strip(), shows_zero=by_qweb)
    element.text = marks.mark(hole)
    if element.tag == "t":
        element.drop_tag()
    elif by_qweb and not inside and hole.shows_zero:
        # QWeb leaves out an element that has nothing to show
        (before, otherwise), after = marks.choice(given(hole.name))
        put_before(element, before)
        element.tail = otherwise + after + (element.tail or "")


def _not_understood(expression: str) -> NotCompilable:
    return NotCompilable(_("the placeholder “%(expression)s” is more than a field", expression=expression.strip()))
