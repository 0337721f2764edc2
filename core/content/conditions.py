"""The conditions of `t-if` and `t-elif`, read without running them.

What is understood: fields (`object.name`), comparisons of one with a constant (`object.country_id.code == 'NL'`,
`in ('NL', 'BE')`), and `not`, `and`, `or` of these.
"""

import ast
import operator
from collections.abc import Mapping
from dataclasses import dataclass

from ..text import _
from .errors import NotCompilable
from .paths import path_of

# What a condition needs of a recipient is not the text that a hole shows: whether the field holds anything, and what
# exactly. These go before the field's name among the values.
TRUTH, RAW = "truth of ", "raw "

_COMPARISONS = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_OPERATORS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda value, constants: value in constants,
    "not in": lambda value, constants: value not in constants,
}


@dataclass(frozen=True)
class Condition:
    """A condition on one recipient's values, as nested tuples: what is done, and to what.

    `("holds", name)`, `("given", name)`, `("not", c)`, `("and", c, ...)`, `("or", c, ...)`, and comparisons such as
    `("==", name, constant)`.
    """

    tree: tuple

    @property
    def names(self) -> frozenset[str]:
        return _names(self.tree)

    def holds(self, values: Mapping[str, object]) -> bool:
        return _holds(self.tree, values)

    def to_data(self) -> tuple:
        return self.tree

    @classmethod
    def from_data(cls, data: list) -> "Condition":
        return cls(_as_tuples(data))


def given(name: str) -> Condition:
    """Whether a hole of that name has something to show."""
    return Condition(("given", name))


def parse_condition(expression: str) -> Condition:
    """The condition in an expression. Raises NotCompilable."""
    refusal = NotCompilable(_("the condition “%(condition)s” is more than a field", condition=expression.strip()))
    try:
        return Condition(_read(ast.parse(expression.strip(), mode="eval").body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise refusal from None


def _read(tree: ast.expr) -> tuple:
    """Raises ValueError for what is not understood."""
    if name := path_of(tree):
        return ("holds", TRUTH + name)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return ("not", _read(tree.operand))
    if isinstance(tree, ast.BoolOp):
        return ("and" if isinstance(tree.op, ast.And) else "or", *(_read(value) for value in tree.values))
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and (name := path_of(tree.left)):
        return (_COMPARISONS[type(tree.ops[0])], RAW + name, _constant(tree)) if _is_simple(tree) else _refuse()
    return _refuse()


def _is_simple(tree: ast.Compare) -> bool:
    comparison = _COMPARISONS.get(type(tree.ops[0]))
    if comparison in ("in", "not in"):
        return isinstance(tree.comparators[0], (ast.Tuple, ast.List))
    return comparison is not None


def _constant(tree: ast.Compare) -> object:
    # as data of its own: JSON has neither tuples nor bytes nor complex numbers
    value = ast.literal_eval(tree.comparators[0])
    values = value if isinstance(value, (tuple, list)) else [value]
    ordered = isinstance(tree.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
    kinds = (int, float) if ordered else (str, int, float, type(None))
    if not all(isinstance(value, kinds) for value in values):
        return _refuse()
    return tuple(values) if isinstance(tree.ops[0], (ast.In, ast.NotIn)) else value


def _refuse():
    raise ValueError


def _names(tree: tuple) -> frozenset[str]:
    kind, *operands = tree
    if kind in ("not", "and", "or"):
        return frozenset().union(*map(_names, operands))
    return frozenset(operands[:1])


def _holds(tree: tuple, values: Mapping[str, object]) -> bool:
    kind, *operands = tree
    if kind == "holds":
        return bool(values.get(operands[0]))
    if kind == "given":
        return values.get(operands[0]) not in (None, "")
    if kind == "not":
        return not _holds(operands[0], values)
    if kind in ("and", "or"):
        return (all if kind == "and" else any)(_holds(operand, values) for operand in operands)
    name, constant = operands
    return _OPERATORS[kind](values[name], constant)


def _as_tuples(data: object) -> object:
    return tuple(map(_as_tuples, data)) if isinstance(data, (list, tuple)) else data
