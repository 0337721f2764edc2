"""A template as a person writes it in a line of text: the way back from `parse_inline`."""

from .template import Choice, Hole, Template


def inline(template: Template) -> str:
    """The text with `{{ }}` placeholders. There are no conditions in it: it says what everybody gets."""
    return "".join(map(_written, template))


def _written(piece: str | Hole | Choice) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Choice):
        return inline(piece.branches[-1])
    default = " ".join(piece.default.split())
    return f"{{{{ {piece.name} ||| {default} }}}}" if default and "}}" not in default else f"{{{{ {piece.name} }}}}"
