"""Mailings that nobody has narrowed to the people they are meant for."""

from ..finding import Finding, warning
from ..text import _
from .draft import Draft


def to_everybody(draft: Draft) -> list[Finding]:
    """Warn where a whole database is mailed; lists and selections are asked for a reason when they are switched on."""
    if not draft.everybody_in or not draft.recipient_count:
        return []
    return [
        warning(
            "to_everybody",
            title=_("It goes to everybody in %(database)s", database=draft.everybody_in),
            explanation=_(
                "No selection narrows it: %(count)d recipients, and whoever is added until it leaves. Nobody has said "
                "why they may all be mailed.",
                count=draft.recipient_count,
            ),
            remedy=_("Choose a selection or a mailing list, unless everybody may be mailed and has to know."),
            field="mailing_domain",
        )
    ]
