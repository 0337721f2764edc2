"""The domain of a recipient's address, to group a million recipients by without a column for it."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    email_domain = fields.Char("Domain", compute="_compute_email_domain", search="_search_email_domain")

    @api.depends("email")
    def _compute_email_domain(self):
        for trace in self:
            trace.email_domain = (trace.email or "").rpartition("@")[2].lower()

    def _search_email_domain(self, operator, value):
        # what opening a group asks for
        if operator != "in":
            return NotImplemented
        return Domain.OR(Domain("email", "=ilike", f"%@{name}") for name in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "email_domain":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL("lower(substring(%s from '[^@]*$'))", self._field_to_sql(alias, "email", query))
