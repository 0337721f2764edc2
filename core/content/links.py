"""The links of a body that differ between recipients, found in its finished HTML."""

import re
from collections.abc import Iterable

from .marks import Marks
from .template import Hole

TRACE_ID = Hole("recipient.trace_id")
UNSUBSCRIBE_URL = Hole("recipient.unsubscribe_url")
VIEW_URL = Hole("recipient.view_url")
OPEN_URL = Hole("recipient.open_url")

# where Odoo's designs lead to; they stand for the recipient's own page
_PLACES = {"unsubscribe_from_list": UNSUBSCRIBE_URL, "view": VIEW_URL}


def mark_recipient_pages(html: str, marks: Marks, base_urls: Iterable[str]) -> str:
    """Put marks where the body links to unsubscribing and to its view in the browser, on any of our addresses."""
    pattern = rf"(?:{_any_of(base_urls)})/({'|'.join(_PLACES)})(?![\w/-])"
    return re.sub(pattern, lambda match: marks.mark(_PLACES[match[1]]), html)


def mark_short_links(html: str, marks: Marks, base_urls: Iterable[str]) -> str:
    """Add the recipient's number to our short links (`/r/<code>`), so that a click is known to be theirs."""
    pattern = rf"""(\bhref=["'](?:{_any_of(base_urls)})/r/\w+)(?=["'])"""
    return re.sub(pattern, lambda match: f"{match[1]}/m/{marks.mark(TRACE_ID)}", html)


def _any_of(base_urls: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(url.rstrip("/")) for url in base_urls}))
