"""Odoo's placeholders, read without running them.

What is understood: `object.<dotted path>`, alone or with a default (`object.name or 'friend'`). Everything else that
QWeb or an inline template can do raises NotCompilable and is left to Odoo.
"""

import ast
import re

from lxml import etree, html

from ..text import _
from .errors import NotCompilable
from .marks import Marks, without_marks
from .template import Hole, Template

_INLINE = re.compile(r"\{\{(.+?)(\|\|\|\s*(.*?))?\}\}")  # odoo.tools.rendering_tools.INLINE_TEMPLATE_REGEX
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARSER_WRAPPER = len("<div>"), -len("</div>")


def parse(source: str) -> Template:
    """The template in a piece of HTML with `t-out` placeholders. Raises NotCompilable.

    The HTML is parsed as Odoo does before rendering and comes back as the parser understood it.
    """
    if not source.strip():
        return Template([source])
    try:
        root = html.fragment_fromstring(_NOT_IN_XML.sub("", without_marks(source)), create_parent="div")
    except etree.LxmlError as error:
        raise NotCompilable(_("the HTML cannot be read: %(error)s", error=str(error))) from error
    marks = Marks()
    for element in list(root.iter(etree.Element)):
        _replace(element, marks)
    text = html.tostring(root, encoding="unicode", with_tail=False)
    return marks.template(text[slice(*_PARSER_WRAPPER)])


def parse_inline(source: str) -> Template:
    """The template in a line of text with `{{ }}` placeholders, such as a subject. Raises NotCompilable."""
    pieces, end = [], 0
    for match in _INLINE.finditer(source):
        pieces += [source[end : match.start()], parse_expression(match[1], match[3] or "")]
        end = match.end()
    return Template([*pieces, source[end:]])


def parse_expression(expression: str, default: str = "") -> Hole:
    """The hole that an expression stands for. Raises NotCompilable."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _not_understood(expression) from None
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.Or) and len(tree.values) == 2:
        tree, otherwise = tree.values
        if not isinstance(otherwise, ast.Constant) or not isinstance(otherwise.value, str):
            raise _not_understood(expression)
        default = otherwise.value
    return Hole(_path(tree, expression), default)


def _path(tree: ast.expr, expression: str) -> str:
    names = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not names or not isinstance(tree, ast.Name) or tree.id != "object":
        raise _not_understood(expression)
    return ".".join(["object", *reversed(names)])


def _replace(element, marks: Marks) -> None:
    """Put a mark where an element shows a value; refuse all else that QWeb would act upon."""
    directives = [name for name in element.attrib if name.startswith("t-")]
    if not directives and element.tag != "t":
        return
    if directives != ["t-out"] or len(element) or (element.tag == "t" and len(element.attrib) > 1):
        raise NotCompilable(_("the body uses “%(directive)s”", directive=(directives or ["t"])[0]))
    hole = parse_expression(element.attrib.pop("t-out"), (element.text or "").strip())
    element.text = marks.mark(hole)
    if element.tag == "t":
        element.drop_tag()


def _not_understood(expression: str) -> NotCompilable:
    return NotCompilable(_("the placeholder “%(expression)s” is more than a field", expression=expression.strip()))
