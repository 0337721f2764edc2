"""A recipient who is skipped because they work there no more."""

from odoo import fields, models

from .mailing_mailing.former_employees import FORMER


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    failure_type = fields.Selection(selection_add=[(FORMER, "Former employee")])
