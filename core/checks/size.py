"""Messages that Gmail cuts off, and messages that servers refuse."""

from ..finding import Finding, error, warning
from ..text import _
from .draft import Draft

MAX_KILOBYTES = 102  # Gmail shows the first 102 kB of the HTML and hides the rest behind "View entire message"
HEAVY_MEGABYTES, MOST_MEGABYTES = 2, 20  # Gmail and Outlook take 25 MB and 20 MB, smaller servers often 10 MB
_MEGABYTE = 1024 * 1024


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


def message_too_large(draft: Draft) -> list[Finding]:
    """Stop a mail that most servers refuse; warn of one that is heavy, as it goes to everybody."""
    size = draft.message_size_bytes
    if size <= HEAVY_MEGABYTES * _MEGABYTE:
        return []
    finding = error if size > MOST_MEGABYTES * _MEGABYTE else warning
    return [
        finding(
            "message_too_large",
            title=_("Each mail is large"),
            explanation=_(
                "With its files and pictures it is %(size)d MB, for %(count)d recipients %(all)d MB together. "
                "Sending takes longer, and some servers refuse mail over 10 MB.",
                size=-(-size // _MEGABYTE),
                count=draft.recipient_count,
                all=-(-size * draft.recipient_count // _MEGABYTE),
            ),
            remedy=_("Make pictures smaller or do not send them along, and put links in the place of files."),
            field="embed_images" if draft.embeds_pictures else "attachment_ids",
        )
    ]
