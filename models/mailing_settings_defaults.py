"""The settings page: what new mailings begin with."""

from odoo import fields, models


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    body_format = fields.Selection(related="company_id.bulk_body_format", readonly=False, required=True)
    personalize = fields.Boolean(related="company_id.bulk_personalize", readonly=False)
    exclude_duplicates = fields.Boolean(related="company_id.bulk_exclude_duplicates", readonly=False)
    track_links = fields.Boolean(related="company_id.bulk_track_links", readonly=False)
    track_opens = fields.Boolean(related="company_id.bulk_track_opens", readonly=False)
    rate_per_minute = fields.Integer(related="company_id.bulk_rate_per_minute", readonly=False)
    embed_images = fields.Boolean(related="company_id.bulk_embed_images", readonly=False)
    host_external_images = fields.Boolean(related="company_id.bulk_host_external_images", readonly=False)
