"""Messages that Gmail cuts off."""

from ..finding import Finding, warning
from ..text import _
from .draft import Draft

MAX_KILOBYTES = 102  # Gmail shows the first 102 kB of the HTML and hides the rest behind "View entire message"


def body_too_large(draft: Draft) -> list[Finding]:
    """Warn when Gmail's readers would not see the end, with the unsubscribe link and the measuring of opens."""
    if draft.html_size_bytes <= MAX_KILOBYTES * 1024:
        return []
    return [
        warning(
            "body_too_large",
            title=_("Gmail will cut the message off"),
            explanation=_(
                "It is %(size)d kB; Gmail shows the first %(shown)d kB and hides the rest, often with the way out.",
                size=-(-draft.html_size_bytes // 1024),
                shown=MAX_KILOBYTES,
            ),
            remedy=_("Cut some text or blocks. Pictures behind a link do not count, pasted ones do."),
            field="body_arch",
        )
    ]
