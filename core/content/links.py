"""The links of a body that differ between recipients: how they are written, and where they stand in finished HTML."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from .marks import Marks
from .template import Hole, Template

TRACE_ID = Hole("recipient.trace_id")
DOCUMENT_ID = Hole("recipient.res_id")
QUOTED_EMAIL = Hole("recipient.quoted_email")
TOKEN = Hole("recipient.token")
OPEN_SIGNATURE = Hole("recipient.open_signature")
UNSUBSCRIBE_SIGNATURE = Hole("recipient.unsubscribe_signature")

# letters, digits and percent signs: the same in HTML, text and headers, so they are encoded once for all
CODES = frozenset([TRACE_ID, DOCUMENT_ID, QUOTED_EMAIL, TOKEN, OPEN_SIGNATURE, UNSUBSCRIBE_SIGNATURE])


def recipient_page(base_url: str, mailing_id: int, page: str) -> Template:
    """The address of one of Odoo's pages for one recipient, as Odoo's `_get_unsubscribe_url` and its kin write it."""
    page = f"{base_url}/mailing/{mailing_id}/{page}?document_id="
    return Template([page, DOCUMENT_ID, "&email=", QUOTED_EMAIL, "&hash_token=", TOKEN])


def open_picture(base_url: str) -> Template:
    """The address of the invisible picture of one recipient."""
    return Template([f"{base_url}/mailing/t/", TRACE_ID, "/", OPEN_SIGNATURE, ".gif"])


def unsubscribe_mailto(mailbox: str) -> Template:
    """Address and subject of the mail by which one recipient leaves, as RFC 6068 writes them."""
    address = quote(mailbox, safe="@")
    return Template([f"mailto:{address}?subject=unsubscribe-", TRACE_ID, "-", UNSUBSCRIBE_SIGNATURE])


def mark_recipient_pages(
    html: str, marks: Marks, base_urls: Iterable[str], unsubscribe: Template, view: Template
) -> str:
    """Put the recipient's own pages where the body has Odoo's links to unsubscribe and view, on any address of ours."""
    pages = {"unsubscribe_from_list": escape(marks.marked(unsubscribe)), "view": escape(marks.marked(view))}
    return _replace_pages(html, pages, _any_of(base_urls))


def mark_recipient_pages_in_text(
    text: str, marks: Marks, base_urls: Iterable[str], unsubscribe: Template, view: Template
) -> str:
    """The same in plain text, where the path alone is enough."""
    pages = {"unsubscribe_from_list": marks.marked(unsubscribe), "view": marks.marked(view)}
    return _replace_pages(text, pages, rf"{_any_of(base_urls)}|(?<![\w/.:-])")


def mark_short_links(html: str, marks: Marks, base_urls: Iterable[str]) -> str:
    """Add the recipient's number to our short links (`/r/<code>`), so that a click is known to be theirs."""
    pattern = rf"""(\bhref=["'](?:{_any_of(base_urls)})/r/\w+)(?=["'])"""
    return re.sub(pattern, lambda match: f"{match[1]}/m/{marks.mark(TRACE_ID)}", html)


def mark_short_links_in_text(text: str, marks: Marks, base_urls: Iterable[str]) -> str:
    """The same in plain text."""
    pattern = rf"((?:{_any_of(base_urls)})/r/\w+)(?![\w/])"
    return re.sub(pattern, lambda match: f"{match[1]}/m/{marks.mark(TRACE_ID)}", text)


def _replace_pages(text: str, pages: dict[str, str], before: str) -> str:
    return re.sub(rf"(?:{before})/({'|'.join(pages)})(?![\w/-])", lambda match: pages[match[1]], text)


def _any_of(base_urls: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(url.rstrip("/")) for url in base_urls}))
