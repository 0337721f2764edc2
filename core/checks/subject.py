"""Mailings without a subject."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def empty_subject(draft: Draft) -> list[Finding]:
    """Stop a mailing whose subject is empty or only spaces."""
    if draft.subject.strip():
        return []
    return [
        error(
            "empty_subject",
            title=_("The subject is empty"),
            explanation=_("Mail without a subject looks like spam, to people and to filters."),
            remedy=_("Say in a few words what the mail is about."),
            field="subject",
        )
    ]
