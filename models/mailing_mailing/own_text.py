"""The text version that somebody writes: how it begins, and whether it is still up to date."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...core import content as core
from ...core.content import links


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    body_text_basis = fields.Char(readonly=True, help="A digest of the design's words when the text was written.")

    @api.model_create_multi
    def create(self, vals_list):
        mailings = super().create(vals_list)
        for mailing, vals in zip(mailings, vals_list, strict=True):
            if vals.get("body_text") and not vals.get("body_text_basis"):
                mailing.body_text_basis = mailing._digest_of_words()
        return mailings

    def write(self, vals):
        """Write; a text is about the design as it is when the text is written."""
        result = super().write(vals)
        if "body_text" in vals and "body_text_basis" not in vals:
            for mailing in self:
                mailing.body_text_basis = mailing.body_text and mailing._digest_of_words()
        return result

    def action_start_text_version(self):
        """Begin the text version with the generated text; what is there is replaced."""
        self.check_access("write")
        for mailing in self:
            mailing.body_text = mailing._generated_text()
        return True

    def _is_text_out_of_date(self):
        # where only text leaves, the design is nothing that a text could differ from
        return self._has_html_part() and bool(self._own_text()) and self.body_text_basis != self._digest_of_words()

    def _digest_of_words(self):
        """Changes with what a reader reads in the design, and not with its colours."""
        words = html2plaintext(core.readable(core.with_placeholders(self.body_html or ""))).split()
        return hashlib.sha256(" ".join(words).encode()).hexdigest()

    def _generated_text(self):
        """The text that is made from the design, as a person would write it: placeholders as in the subject."""
        self = self._in_language_of_sender()
        marks = core.Marks()
        body, _styles = self._content_body_as_written()
        try:
            template = core.parse(body, by_qweb=self._content_is_for_qweb(body))
            html = self._content_stock_html(marks.marked(template), body)
            text = self._content_generated_text(self._with_bare_pages(html, marks), marks)
            return core.inline(marks.template(text))
        except core.NotCompilable as obstacle:
            reason = self._translate(obstacle.reason)
            raise UserError(
                self.env._("There is no one text for all recipients, because %(reason)s.", reason=reason)
            ) from obstacle

    def _with_bare_pages(self, html, marks):
        """The recipient's own pages as paths, which stay right when the site's address changes."""
        base_urls = {self.get_base_url(), self._content_base_url()}
        unsubscribe, view = core.Template(["/unsubscribe_from_list"]), core.Template(["/view"])
        return links.mark_recipient_pages(html, marks, base_urls, unsubscribe, view)
