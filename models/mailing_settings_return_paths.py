"""The settings page: a return-path for each recipient."""

from odoo import fields, models


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    own_return_paths = fields.Boolean(related="company_id.bulk_own_return_paths", readonly=False)
