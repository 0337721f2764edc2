"""A visible way out, in both parts of the message."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft
from .html import look_at

PATH = "/unsubscribe_from_list"  # Odoo's designs carry it; each recipient gets a personal link in its place


def no_unsubscribe_link(draft: Draft) -> list[Finding]:
    """Stop a mailing that does not let the reader leave, be it in the HTML or in the plain text."""
    if draft.html.strip() and not _can_leave_html(draft.html):
        return [_missing_in_html()]  # the text that is made from it lacks it too, and is mended with it
    if draft.text.strip() and PATH not in draft.text:
        return [_missing_in_text(draft)]
    return []


def _missing_in_html() -> Finding:
    return error(
        "no_unsubscribe_link",
        title=_("There is no unsubscribe link"),
        explanation=_(
            "Everybody must be able to leave with one click in the message itself; law and mail providers ask it."
        ),
        remedy=_("Add a footer block with “Unsubscribe”, or a link to %(path)s.", path=PATH),
        field="body_arch",
    )


def _missing_in_text(draft: Draft) -> Finding:
    return error(
        "no_unsubscribe_link_in_text",
        title=_("There is no unsubscribe link in the text version"),
        explanation=_("Who reads mail as plain text must be able to leave too."),
        remedy=_("Add the address %(path)s to the text; each recipient gets a personal link there.", path=PATH),
        field="body_text" if draft.has_own_text else "body_arch",
    )


def _can_leave_html(html: str) -> bool:
    """Whether a link that one can see and click leads out; in a comment or around nothing it does not count."""
    return any(PATH in link.href and link.is_clickable for link in look_at(html).links)
