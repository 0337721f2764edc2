"""Style sheets that a body brings along: Odoo's designer leaves none, but what is pasted or imported has them."""

import logging

from markupsafe import Markup

from odoo import models

from ...adapters.css import BadStyleSheet, Inlined, PremailerInliner

_logger = logging.getLogger(__name__)
_inliner = PremailerInliner()


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_inlined(self):
        """The body with its style sheets in `style` attributes, and what is left of them; as it is where that fails."""
        body = self.body_html or Markup()
        try:
            inlined = self._content_inline(body)
        except BadStyleSheet:
            _logger.info("The style sheet of mailing %s cannot be used", self.id, exc_info=True)
            return body, ""
        return Markup(inlined.html), inlined.styles  # noqa: S704  the same HTML with other attributes

    def _has_usable_styles(self):
        """Whether the body's own style sheets, if it has any, can be brought into it."""
        try:
            self._content_inline(self.body_html or "")
        except BadStyleSheet:
            return False
        return True

    def _content_inline(self, body):
        return _inliner.inline(body) if "<style" in body.lower() else Inlined(body)
