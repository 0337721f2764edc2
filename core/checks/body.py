"""Mailings with nothing in them."""

from ..content import readable, with_placeholders
from ..finding import Finding, error
from ..text import _
from .draft import Draft
from .html import Sight, look_at

PAGES = ("/unsubscribe_from_list", "/view")  # even Odoo's empty design links to them


def empty_body(draft: Draft) -> list[Finding]:
    """Stop a mailing in which a reader would see neither a word nor a picture."""
    if draft.body_format == "text":
        return _empty_text(draft)
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


def _empty_text(draft: Draft) -> list[Finding]:
    if _own_text_says_something(draft.text) if draft.has_own_text else _made_text_says_something(draft.text_source):
        return []
    return [
        error(
            "empty_text",
            title=_("The text is empty"),
            explanation=_("Only text is sent, and there are no words in it."),
            remedy=_("Write a text version, or send the HTML too."),
            field="body_text",
        )
    ]


def _own_text_says_something(text: str) -> bool:
    for page in PAGES:
        text = text.replace(page, "")
    return any(character.isalnum() for character in text)


def _made_text_says_something(html: str) -> bool:
    """Whether there are words, alternative texts of pictures among them, or values to be filled in."""
    return _says_something(look_at(readable(with_placeholders(html))))


def _says_something(sight: Sight) -> bool:
    """Whether there are words beside the links that every mailing has."""
    words = "".join(sight.words)
    for link in sight.links:
        if link.href.endswith(PAGES):
            words = words.replace(link.text, "", 1)
    return any(character.isalnum() for character in words)
