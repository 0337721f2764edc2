"""Mailings with nothing in them."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft
from .html import Sight, look_at

PAGES = ("/unsubscribe_from_list", "/view")  # even Odoo's empty design links to them


def empty_body(draft: Draft) -> list[Finding]:
    """Stop a mailing in which a reader would see neither a word nor a picture."""
    sight = look_at(draft.html)
    if _says_something(sight) or sight.has_picture or sight.has_placeholder:
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


def _says_something(sight: Sight) -> bool:
    """Whether there are words beside the links that every mailing has."""
    words = "".join(sight.words)
    for link in sight.links:
        if link.href.endswith(PAGES):
            words = words.replace(link.text, "", 1)
    return any(character.isalnum() for character in words)
