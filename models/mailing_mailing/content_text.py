"""The text part: made from the HTML, or written by somebody."""

import re

from odoo import models
from odoo.tools.mail import html2plaintext

from ...core import content as core
from ...core.content import links
from .content_html import NOT_TRACKED


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_text(self, rendered, html, marks, pages):
        """The text part of a rendered source, with the footer."""
        if rendered["text"].strip():
            text = self._content_finish_text(rendered["text"], marks, pages)
        else:
            text = self._content_generated_text(html, marks)
        return text + self._content_text_footer(marks, pages)

    def _content_generated_text(self, html, marks):
        # the picture counts nothing where it is a line of text, and a footer for HTML reads badly as text
        text = core.tidy(html2plaintext(core.readable(html)))
        return core.with_conditional_footnotes(text, marks)

    def _content_own_text(self):
        """What somebody has written, links shortened, placeholders still in it."""
        text = self._own_text()
        return self._content_short_text_links(text) if self.track_links else text

    def _content_short_text_links(self, text):
        """As stock's `_shorten_links_text`, which takes the stop behind an address for a part of it."""
        addresses = [address for address in core.web_addresses(text) if not self._content_is_own_page(address)]
        values = self._get_link_tracker_values()
        trackers = self._content_link_trackers().search_or_create([{**values, "url": url} for url in addresses])
        short_urls = [tracker.short_url for tracker in trackers]
        return core.with_addresses(text, dict(zip(addresses, short_urls, strict=True)))

    def _content_is_own_page(self, address):
        is_short = address.startswith(f"{self._content_base_url()}/r/")
        return is_short or any(re.search(rf"{page}([#?/]|$)", address) for page in NOT_TRACKED)

    def _content_finish_text(self, text, marks, pages):
        """Links to files at the end, and marks where links differ between recipients."""
        base_urls = {self.get_base_url(), self._content_base_url()}
        if self.track_links:
            text = links.mark_short_links_in_text(text, marks, base_urls)
        text = links.mark_recipient_pages_in_text(
            text, marks, base_urls, pages["unsubscribe_url"], pages["view_url"]
        ).rstrip("\n")
        files = core.tidy(html2plaintext(self._content_attachment_links())).strip()
        return "\n\n".join(filter(None, (text, files))) + "\n"

    def _content_text_footer(self, marks, pages):
        return "\n" + self.env._(
            "This mail was sent to %(address)s.\nUnsubscribe: %(url)s", **self._content_footer_values(marks, pages)
        )
