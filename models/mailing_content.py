"""A mailing as it goes out: compiled once, completed for each recipient."""

from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 30  # a late bounce or a person may ask for the same message again


class MailingContent(models.Model):
    _name = "mailing.content"
    _description = "Compiled Mailing"
    _rec_name = "mailing_id"

    mailing_id = fields.Many2one("mailing.mailing", required=True, ondelete="cascade")
    payload = fields.Text(required=True, help="The compiled message, or the body to render for each recipient.")
    is_compiled = fields.Boolean(help="Off: Odoo renders the body recipient by recipient, which is slow.")
    reason = fields.Char(help="Why it is rendered recipient by recipient.")

    _once_per_mailing = models.UniqueIndex("(mailing_id)")

    @api.autovacuum
    def _gc_of_sent_mailings(self):
        """Throw away what was made for mailings that left long ago: it holds their attachments once more."""
        long_ago = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("mailing_id.state", "=", "done"), ("mailing_id.sent_date", "<", long_ago)]).unlink()
