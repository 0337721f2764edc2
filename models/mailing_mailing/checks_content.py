"""What the checks see of a mailing's content: the parts that leave, and no others."""

from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext

from ...core.checks.asked import asked
from ...core.content import readable, with_placeholders


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _draft_content(self):
        """The values of a draft that say what is in the message."""
        html, own_text = self.body_html or "", self._own_text()
        source = "" if own_text or self.body_format == "html" else html
        part = html if self._has_html_part() else ""
        return {
            "html": part,
            "text": own_text or html2plaintext(readable(with_placeholders(source))),
            "text_source": source,
            "body_format": self.body_format,
            "is_text_out_of_date": self._is_text_out_of_date(),
            "personalize": self.personalize,
            "placeholders": tuple(name for name in self._placeholders() if name.partition(".")[0] == "object"),
            "has_usable_styles": not part or self._has_usable_styles(),
            "html_size_bytes": len(self._content_layout(Markup(part)).encode()) if part else 0,  # noqa: S704  as sent
        }

    def _placeholders(self):
        """The names that whatever leaves asks for."""
        lines = [self.subject, self._own_text(), self.email_from, self.reply_to]
        html = self.body_html if self._needs_html() else ""
        if html:
            lines.append(self.preview)
        return asked(html or "", *(line or "" for line in lines))
