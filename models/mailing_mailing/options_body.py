"""What leaves: HTML, text or both, an own text version, and whether it differs between recipients."""

from odoo import fields, models

BODY_FORMATS = [("both", "HTML and text"), ("html", "HTML only"), ("text", "Text only")]


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    body_format = fields.Selection(
        BODY_FORMATS,
        "Parts",
        default="both",
        required=True,
        help="With both, who cannot see HTML reads the text. With text only there is no picture that counts opens.",
    )
    body_text = fields.Text(
        "Own text version",
        help="Empty: the text is made from the design. Placeholders are written as in the subject, and "
        "/unsubscribe_from_list becomes each recipient's own address for leaving.",
    )
    personalize = fields.Boolean(
        "Personalise",
        default=True,
        help="Fill in placeholders for each recipient. Off: the mail is made once, and everybody gets the same words.",
    )

    def _has_html_part(self):
        return self.body_format != "text"

    def _own_text(self):
        """The text that somebody has written; empty where there is none, or no text leaves."""
        text = self.body_text or ""
        return text if self.body_format != "html" and text.strip() else ""

    def _needs_html(self):
        """Whether the design leaves, as it is or as the text that is made from it."""
        return self._has_html_part() or not self._own_text()

    def _parts_in_words(self):
        if self.body_format == "both" and self._own_text():
            return self.env._("HTML and an own text")
        return dict(self._fields["body_format"]._description_selection(self.env))[self.body_format]
