"""Mailings that Odoo renders recipient by recipient."""

from ..finding import Finding, info
from ..text import _
from .draft import Draft


def rendered_one_by_one(draft: Draft) -> list[Finding]:
    """Say that a mailing will be slow, and why: it asks for more than fields and conditions on them."""
    # what the recipients do not have is an error, and another check's
    if draft.obstacle_to_compiling is None or draft.unknown_placeholders or not draft.uses_queue:
        return []
    return [
        info(
            "rendered_one_by_one",
            title=_("Odoo renders this mailing recipient by recipient"),
            explanation=_("It will be slower. The reason: %(reason)s.", reason=draft.obstacle_to_compiling),
            remedy=_("If it goes to many people, use fields with a default, and conditions on fields."),
            field="body_arch",
        )
    ]
