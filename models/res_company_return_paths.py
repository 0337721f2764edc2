"""Whether each recipient of a company's mailings has a return-path; written through `mailing.settings`."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    bulk_own_return_paths = fields.Boolean(
        "Return-path per recipient",
        help="Bounces come to an address that says whose they are, such as bounce+4711-…@example.org. They are "
        "understood even where they name nobody. The mail server of the bounce domain has to take addresses with a "
        "plus sign.",
    )
