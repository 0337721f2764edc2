"""A message that spam filters would keep from its readers."""

from ..finding import Finding, error, info, warning
from ..text import _
from .draft import Draft

MOST_RULES = 6  # what follows adds tenths


def spam_score_too_high(draft: Draft) -> list[Finding]:
    """Stop a message that is spam to a filter, warn of one that nearly is; say so where the filter did not answer."""
    if draft.spam_unknown:
        return [_not_asked(draft)]
    if not draft.spam or draft.spam.points < min(draft.spam_warning_from, draft.spam_error_from):
        return []
    return [_too_high(draft)]


def _too_high(draft: Draft) -> Finding:
    is_error = draft.spam.points >= draft.spam_error_from
    rules = draft.spam.heaviest(MOST_RULES)
    return (error if is_error else warning)(
        "spam_score_too_high",
        title=_("The spam score is too high") if is_error else _("The spam score is high"),
        explanation=_(
            "A spam filter gives the message %(points).1f points; from %(limit).1f on it counts as spam, or nearly. "
            "What it holds against it: %(rules)s.",
            points=draft.spam.points,
            limit=draft.spam_error_from if is_error else draft.spam_warning_from,
            rules="; ".join(map(str, rules)) or "-",
        ),
        remedy=_("Mend what has most points first, often the subject, shouting, or pictures with hardly any text."),
        field="body_arch",
    )


def _not_asked(draft: Draft) -> Finding:
    return info(
        "spam_score_not_asked",
        title=_("The spam score could not be asked"),
        explanation=_("%(reason)s The mailing can be sent all the same.", reason=draft.spam_unknown),
        remedy=_("Check again in a while, or ask a mail administrator to look at the spam filter of the settings."),
    )
