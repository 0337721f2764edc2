"""What new mailings of a company begin with; written through `mailing.settings`."""

from odoo import fields, models

from .mailing_mailing.options_body import BODY_FORMATS


class ResCompany(models.Model):
    _inherit = "res.company"

    bulk_body_format = fields.Selection(BODY_FORMATS, "Parts", default="both", required=True)
    bulk_personalize = fields.Boolean("Personalise", default=True)
    bulk_exclude_duplicates = fields.Boolean("Once per address", default=True)
    bulk_track_links = fields.Boolean("Count clicks", default=True)
    bulk_track_opens = fields.Boolean("Count opens")
    bulk_rate_per_minute = fields.Integer("Send speed (mails a minute)")
    bulk_embed_images = fields.Boolean("Send pictures along")
    bulk_host_external_images = fields.Boolean("Copy pictures from elsewhere")

    _bulk_rate_is_not_negative = models.Constraint(
        "CHECK (bulk_rate_per_minute >= 0)", "Mails a minute: 0 for no limit, or how many."
    )
