"""The fields that expressions name."""

import ast


def path_of(tree: ast.expr) -> str | None:
    """`object.partner_id.name` for the expression that says so, None for any other expression."""
    names = []
    while isinstance(tree, ast.Attribute):
        names.append(tree.attr)
        tree = tree.value
    if not names or not isinstance(tree, ast.Name) or tree.id != "object":
        return None
    return ".".join(["object", *reversed(names)])
