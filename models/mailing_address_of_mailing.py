"""In the list of one mailing: why it came back, also for what is held against nobody."""

from odoo import api, fields, models
from odoo.tools import SQL

from .mailing_bounce import REASONS
from .searched_by_sql import searched_by_sql


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    mailing_reason = fields.Selection(
        REASONS,
        "Why it came back",
        compute="_compute_mailing_reason",
        search="_search_mailing_reason",
        help="The last that came back from this mailing. Policy is held against nobody.",
    )

    @api.depends_context("bounced_mailing_id")
    def _compute_mailing_reason(self):
        query = self._search([("id", "in", self.ids)])
        reason = self._field_to_sql(self._table, "mailing_reason", query)
        reasons = dict(self.env.execute_query(query.select(SQL.identifier(self._table, "id"), reason)))
        for address in self:
            address.mailing_reason = reasons.get(address.id)

    def _search_mailing_reason(self, operator, value):
        return searched_by_sql("mailing_reason", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "mailing_reason":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "(SELECT reason FROM mailing_bounce WHERE address_id = %s AND mailing_id = %s"
            " ORDER BY occurred_at DESC, id DESC LIMIT 1)",
            SQL.identifier(alias, "id"),
            self.env.context.get("bounced_mailing_id") or None,
        )
