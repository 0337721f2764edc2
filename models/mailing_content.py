"""A mailing as it goes out: compiled once, completed for each recipient."""

from odoo import fields, models


class MailingContent(models.Model):
    _name = "mailing.content"
    _description = "Compiled Mailing"
    _rec_name = "mailing_id"

    mailing_id = fields.Many2one("mailing.mailing", required=True, ondelete="cascade")
    payload = fields.Text(required=True, help="The compiled message, or the body to render for each recipient.")
    is_compiled = fields.Boolean(help="Off: Odoo renders the body recipient by recipient, which is slow.")
    reason = fields.Char(help="Why it is rendered recipient by recipient.")

    _once_per_mailing = models.UniqueIndex("(mailing_id)")
