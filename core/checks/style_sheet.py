"""Style sheets that nobody understands."""

from ..finding import Finding, warning
from ..text import _
from .draft import Draft


def unusable_style_sheet(draft: Draft) -> list[Finding]:
    """Warn when the message's own style sheet cannot be used: it is sent without it."""
    if draft.has_usable_styles:
        return []
    return [
        warning(
            "unusable_style_sheet",
            title=_("The style sheet in the message cannot be used"),
            explanation=_("The message is sent without it, and may look different from what you see."),
            remedy=_("Send a test mail and look at it, or mend the style sheet."),
            field="body_arch",
        )
    ]
