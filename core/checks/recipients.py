"""Mailings that nobody would get."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def no_recipients(draft: Draft) -> list[Finding]:
    """Stop a mailing without anybody to send it to."""
    if draft.recipient_count:
        return []
    if draft.excluded_count:
        explanation = _(
            "%(excluded)d people were chosen, and none of them can get it: they have left, have no usable address, "
            "or are on the exclusion list.",
            excluded=draft.excluded_count,
        )
    else:
        explanation = _("The selection or the lists you chose contain nobody.")
    return [
        error(
            "no_recipients",
            title=_("Nobody would get this mailing"),
            explanation=explanation,
            remedy=_("Choose another selection or list in the step “Who and when”."),
            field="mailing_domain",
        )
    ]
