"""The domain of a recipient's address, to group a million recipients by without a column for it."""

from odoo import api, fields, models
from odoo.tools import SQL

from .searched_by_sql import searched_by_sql


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    email_domain = fields.Char("Domain", compute="_compute_email_domain", search="_search_email_domain")

    @api.depends("email")
    def _compute_email_domain(self):
        for trace in self:
            _, at, domain = (trace.email or "").rpartition("@")
            trace.email_domain = domain.lower() if at else False

    def _search_email_domain(self, operator, value):
        return searched_by_sql("email_domain", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "email_domain":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL("lower(substring(%s from '@([^@]*)$'))", self._field_to_sql(alias, "email", query))
