"""At which receiving provider a mail bounced, to count by."""

from odoo import api, fields, models
from odoo.tools import SQL

from .searched_by_sql import searched_by_sql


class MailingBounce(models.Model):
    _inherit = "mailing.bounce"

    provider = fields.Char("Receiving provider", compute="_compute_provider", search="_search_provider")

    @api.depends("address_id")
    def _compute_provider(self):
        query = self._search([("id", "in", self.ids)])
        rows = query.select(SQL.identifier(self._table, "id"), self._field_to_sql(self._table, "provider", query))
        names = dict(self.env.execute_query(rows)) if self.ids else {}
        for bounce in self:
            bounce.provider = names.get(bounce.id)

    def _search_provider(self, operator, value):
        return searched_by_sql("provider", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "provider":
            return super()._field_to_sql(alias, field_expr, query)
        email = SQL("SELECT email FROM mailing_address WHERE id = %s", SQL.identifier(alias, "address_id"))
        provider = self.env["mailing.queue"]._provider_sql(SQL("split_part((%s), '@', 2)", email))
        return SQL("(SELECT name FROM mailing_provider_limit WHERE id = %s)", provider)
