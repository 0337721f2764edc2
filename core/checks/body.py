"""Mailings with nothing in them."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft
from .html import look_at


def empty_body(draft: Draft) -> list[Finding]:
    """Stop a mailing in which a reader would see neither a word nor a picture."""
    sight = look_at(draft.html)
    if "".join(sight.words).strip() or sight.has_picture or sight.has_placeholder:
        return []
    return [
        error(
            "empty_body",
            title=_("The message is empty"),
            explanation=_("There is no text and no picture in it."),
            remedy=_("Write the message, or begin with one of the designs."),
            field="body_arch",
        )
    ]
