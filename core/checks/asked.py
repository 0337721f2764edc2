"""Which values a message asks for: the names in its placeholders, without filling them."""

import ast
import builtins
import re
from html.parser import HTMLParser

INLINE = re.compile(r"{{(.+?)}}|#{(.+?)}", re.DOTALL)  # Odoo's odoo.tools.rendering_tools and QWeb's t-attf
VALUE_DIRECTIVES = ("t-out", "t-esc", "t-raw", "t-field", "t-if", "t-elif", "t-foreach", "t-value", "t-options")
BUILTINS = frozenset(dir(builtins)) - {"object"}  # here `object` is the recipient


def asked(html: str, *inline_templates: str) -> tuple[str, ...]:
    """The dotted names that a QWeb body and inline templates (subject, preview) ask for, in order, each once.

    `object.partner_id.name` for a field, `object` and the like for bare names; names that the body itself sets are left
    out, as are Python's own. An expression that is not Python is returned as it was written.
    """
    directives = _Directives()
    directives.feed(html)
    directives.close()
    expressions = [
        *directives.expressions,
        *(e for template in inline_templates for e in _inline_expressions(template)),
    ]
    names = (name for expression in expressions for name in _names(expression))
    return tuple(dict.fromkeys(name for name in names if not directives.sets(name.partition(".")[0])))


class _Directives(HTMLParser):
    """Collects the expressions in QWeb's directives, and the names they set."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.expressions: list[str] = []
        self._set: set[str] = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if not value:
                continue
            if name in ("t-as", "t-set"):
                self._set.add(value)
            elif name.startswith("t-attf-"):
                self.expressions.extend(_inline_expressions(value))
            elif name in VALUE_DIRECTIVES or name.startswith("t-att"):
                self.expressions.append(value)

    def sets(self, name: str) -> bool:
        # QWeb also sets line_index, line_first and others for t-as="line"
        return name in self._set or any(name.startswith(f"{own}_") for own in self._set)


def _inline_expressions(template: str) -> list[str]:
    # "{{ object.name ||| friend }}": what follows the bars is plain text, not an expression
    return [(match[1] or match[2]).partition("|||")[0] for match in INLINE.finditer(template)]


def _names(expression: str) -> list[str]:
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return [expression.strip()]
    collector = _Names()
    collector.visit(tree)
    return [name for name in collector.names if name.partition(".")[0] not in collector.own | BUILTINS]


class _Names(ast.NodeVisitor):
    """The longest dotted names in an expression."""

    def __init__(self):
        self.names: list[str] = []
        self.own: set[str] = set()  # loop variables of comprehensions

    def visit_Attribute(self, node):
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            self.names.append(".".join([node.id, *reversed(parts)]))
        else:
            self.visit(node)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.own.add(node.id)
        else:
            self.names.append(node.id)
