"""Former employees: kept, recognisable, and mailed no more."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_former_employee = fields.Boolean(
        "Former employee",
        copy=False,
        tracking=True,
        help="Works there no more. The contact is kept, and mailings skip the address.",
    )

    _former_employee_idx = models.Index("(email_normalized) WHERE is_former_employee")
