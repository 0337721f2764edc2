"""What a receiving provider lets us send: connections, mails a minute, mails a connection."""

from odoo import fields, models


class MailingProviderLimit(models.Model):
    _name = "mailing.provider.limit"
    _description = "Limit of a receiving provider"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
