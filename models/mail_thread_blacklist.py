"""What is known of an address, shown on everything that has one: contacts, leads, mailing contacts."""

from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from .searched_by_sql import searched_by_sql

# every spelling of an address beside what is known of it; with a WHERE, PostgreSQL would not look one up in an index
SPELLINGS = SQL(
    "(SELECT email AS spelling, * FROM mailing_address UNION ALL SELECT other_spelling, * FROM mailing_address)"
)
ADDRESS_FIELDS = ("email_validity", "email_is_blocked", "email_bounce_count", "email_problem")


class MailThreadBlacklist(models.AbstractModel):
    _inherit = "mail.thread.blacklist"

    # each bounce, each answer and each look at a list looks for addresses
    email_normalized = fields.Char(index="btree_not_null")
    email_validity = fields.Selection(
        "_selection_email_validity",
        "Validity of the e-mail",
        compute="_compute_address_fields",
        search="_search_email_validity",
        groups="base.group_user",
    )
    email_is_blocked = fields.Boolean(
        "E-mail blocked",
        compute="_compute_address_fields",
        search="_search_email_is_blocked",
        groups="base.group_user",
        help="Mailings skip the address, because it does not work or because its owner called our mail spam.",
    )
    email_bounce_count = fields.Integer(
        "Bounces",
        compute="_compute_address_fields",
        search="_search_email_bounce_count",
        groups="base.group_user",
        help="How often mails to the address came back since it last worked.",
    )
    email_problem = fields.Char(
        "Problem with the e-mail",
        compute="_compute_address_fields",
        search="_search_email_problem",
        groups="base.group_user",
    )

    @api.model
    def _selection_email_validity(self):
        return self.env["mailing.address"]._fields["validity"]._description_selection(self.env)

    @api.depends(lambda self: ["email_normalized", self._primary_email])
    @api.depends_context("lang", "tz")
    def _compute_address_fields(self):
        # sudo: whoever may read a record may know whether its address works
        addresses = self.env["mailing.address"].sudo()
        known = addresses._known(self.mapped("email_normalized"))
        for record in self:
            address = known.get(record.email_normalized, addresses)
            is_no_address = record[self._primary_email] and not record.email_normalized
            record.email_validity = "invalid" if is_no_address else address.validity or "unknown"
            record.email_is_blocked = address.is_blocked
            record.email_bounce_count = address.hard_bounce_count + address.soft_bounce_count
            record.email_problem = addresses._problem_of_no_address() if is_no_address else address._problem()

    # ------------------------------------------------------------
    # Searching, sorting, grouping
    # ------------------------------------------------------------

    def _search_email_validity(self, operator, value):
        return searched_by_sql("email_validity", operator, value)

    def _search_email_is_blocked(self, operator, value):
        return searched_by_sql("email_is_blocked", operator, value)

    def _search_email_bounce_count(self, operator, value):
        return searched_by_sql("email_bounce_count", operator, value)

    def _search_email_problem(self, operator, value):
        return searched_by_sql("email_problem", operator, value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in ADDRESS_FIELDS or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        known = self._join_address(alias, query)
        column = partial(SQL.identifier, known)
        if field_expr == "email_problem":
            cause = self.env["mailing.address"]._cause_sql(known)
            return self._unless_no_address(alias, query, self.env["mailing.address"]._cause_of_no_address(), cause)
        if field_expr == "email_validity":
            validity = SQL("COALESCE(%s, 'unknown')", column("validity"))
            return self._unless_no_address(alias, query, "invalid", validity)
        if field_expr == "email_is_blocked":
            return column("is_blocked")
        return SQL("COALESCE(%s + %s, 0)", column("hard_bounce_count"), column("soft_bounce_count"))

    def _unless_no_address(self, alias, query, no_address, otherwise):
        """What is said of a text that is no address, which the ledger of addresses cannot know, or of any other."""
        if not self._fields[self._primary_email].store:
            return otherwise
        email, normalized = (
            self._field_to_sql(alias, name, query) for name in (self._primary_email, "email_normalized")
        )
        return SQL("CASE WHEN %s > '' AND %s IS NULL THEN %s ELSE %s END", email, normalized, no_address, otherwise)

    def _join_address(self, alias, query):
        """Join what is known of the record's address; its alias."""
        self.env["mailing.address"].flush_model()
        known, email = query.make_alias(alias, "known_address"), self._field_to_sql(alias, "email_normalized", query)
        query.add_join("LEFT JOIN", known, SPELLINGS, SQL("%s = %s", SQL.identifier(known, "spelling"), email))
        return known
