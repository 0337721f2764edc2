"""The settings page: the spam filter that mailings are shown to."""

from odoo import fields, models


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    spamd_host = fields.Char(related="company_id.bulk_spamd_host", readonly=False)
    spamd_port = fields.Integer(related="company_id.bulk_spamd_port", readonly=False)
    spam_warning_from = fields.Float(related="company_id.bulk_spam_warning_from", readonly=False)
    spam_error_from = fields.Float(related="company_id.bulk_spam_error_from", readonly=False)
