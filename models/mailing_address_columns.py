"""What the list of addresses shows, sorts and groups by beside what is kept: why, the domain, the last mailing."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.postgres import array
from .searched_by_sql import searched_by_sql

WHY = ("blocked_reason", "last_bounce_reason")


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    why = fields.Selection(
        "_selection_why",
        "Why blocked",
        compute="_compute_why",
        search="_search_why",
        help="What blocked the address, or why the last mail to it came back.",
    )
    email_domain = fields.Char("Domain", compute="_compute_email_domain", search="_search_email_domain")
    last_mailing_id = fields.Many2one(related="last_bounce_id.mailing_id", string="Last mailing")
    corrected_to = fields.Char(readonly=True, help="The address that stands now wherever this one stood.")
    last_severity = fields.Selection(related="last_bounce_id.severity", string="Severity")
    last_diagnostic = fields.Char(related="last_bounce_id.diagnostic", string="The server's words")

    @api.model
    def _selection_why(self):
        blocked, last = (dict(self._fields[name]._description_selection(self.env)) for name in WHY)
        return list((last | blocked).items())

    @api.model
    def _stand_again(self, emails):
        """Somebody has one of these normalised addresses, say by an import: what it was corrected to is past."""
        keys, _ = self._spellings(email for email in emails if email)
        self.flush_model(["corrected_to"])
        # read first: most that are saved were never corrected
        query = "SELECT id FROM mailing_address WHERE corrected_to IS NOT NULL AND email = ANY(%s)"
        found = self.env.execute_query(SQL(query, array(keys))) if keys else ()
        # sudo: whoever saves an address may not write here
        self.sudo().browse(address for (address,) in found).corrected_to = False

    @api.depends("is_blocked", "blocked_reason", "last_bounce_reason")
    def _compute_why(self):
        for address in self:
            address.why = address.blocked_reason if address.is_blocked else address.last_bounce_reason

    @api.depends("email")
    def _compute_email_domain(self):
        for address in self:
            address.email_domain = address.email.rpartition("@")[2]

    def _search_why(self, operator, value):
        return searched_by_sql("why", operator, value)

    def _search_email_domain(self, operator, value):
        return searched_by_sql("email_domain", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "display_name":
            return SQL(
                "COALESCE(%s, %s)", *(self._field_to_sql(alias, name, query) for name in ("other_spelling", "email"))
            )
        if field_expr == "email_domain":
            return SQL("split_part(%s, '@', 2)", self._field_to_sql(alias, "email", query))
        if field_expr == "why":
            return SQL(
                "CASE WHEN %s THEN %s ELSE %s END",
                *(self._field_to_sql(alias, name, query) for name in ("is_blocked", *WHY)),
            )
        return super()._field_to_sql(alias, field_expr, query)
