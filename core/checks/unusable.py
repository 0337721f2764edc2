"""Lists and selections that nobody has switched on for mailings."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def unusable_target(draft: Draft) -> list[Finding]:
    """Stop a mailing to people of whom nobody has said yet why they may be mailed."""
    return [
        error(
            "unusable_target",
            title=_("“%(name)s” is not switched on for mailings", name=name),
            explanation=_("Nobody has said yet why these people may be mailed."),
            remedy=_(
                "Somebody who may send switches it on once, and says why, in the step “Who and when” or its own page."
            ),
            field="mailing_domain",
        )
        for name in draft.unusable_targets
    ]
