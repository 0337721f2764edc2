"""Placeholders that cannot be filled."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def unknown_placeholder(draft: Draft) -> list[Finding]:
    """Stop a mailing that asks for what the recipients do not have: each of them would fail."""
    return [
        error(
            "unknown_placeholder",
            title=_("The placeholder “%(placeholder)s” does not exist", placeholder=placeholder),
            explanation=_("The recipients of this mailing have no such field, so nothing can be filled in."),
            remedy=_("Take it out, or choose another one with the placeholder picker."),
            field="body_arch",
        )
        for placeholder in draft.unknown_placeholders
    ]
