"""Placeholders in a mailing that is the same for everybody."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def placeholders_not_filled(draft: Draft) -> list[Finding]:
    """Stop a mailing that asks for the recipient's name, and says that nobody's is filled in."""
    if draft.personalize or not draft.placeholders:
        return []
    return [
        error(
            "placeholders_not_filled",
            title=_(
                "Personalise is off, but the text has placeholders: %(placeholders)s",
                placeholders=", ".join(draft.placeholders),
            ),
            explanation=_("Everybody gets the same words, so a placeholder shows its default, or nothing."),
            remedy=_("Switch Personalise on, or take the placeholders out."),
            field="personalize",
        )
    ]
