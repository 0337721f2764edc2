"""A subscription shows what is known of the subscriber's address."""

from odoo import fields, models


class MailingSubscription(models.Model):
    _inherit = "mailing.subscription"

    # stock's counter knows only of what came back to the mail gateway
    message_bounce = fields.Integer("Bounces", related="contact_id.email_bounce_count", readonly=True)
