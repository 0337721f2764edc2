"""All but these: whose address is in certain selections or lists does not get the mailing."""

from odoo import fields, models
from odoo.tools import SQL

from .address_columns import NOT_ASCII, PLAIN_ADDRESS, normalized, own_field, partner_field, partner_join

LEFT_OUT = "bulk_left_out"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    left_out_filter_ids = fields.Many2many(
        "mailing.filter",
        "mailing_mailing_left_out_filter_rel",
        string="Not to",
        domain=[("mailing_model_name", "!=", "mailing.list")],
        help="Nobody whose address is in one of these selections gets it, under whatever name.",
    )
    left_out_list_ids = fields.Many2many(
        "mailing.list",
        "mailing_mailing_left_out_list_rel",
        string="Not to the lists",
        help="Nobody whose address is on one of these lists gets it, whether subscribed or not.",
    )

    def _left_out_definition(self):
        """Who is in the selections that are left out, as a request is bound to it."""
        return [[selection.id, selection.whole_domain] for selection in self.left_out_filter_ids.sorted("id")]

    def _left_out_addresses(self):
        """SQL of the addresses in the selections and lists that are left out, some of them twice."""
        selections = [
            addresses for each in self.left_out_filter_ids._origin for addresses in self._addresses_in_selection(each)
        ]
        lists = SQL(
            "SELECT c.email_normalized FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id"
            " WHERE s.list_id = ANY(%s)",
            self.left_out_list_ids._origin.ids,
        )
        return SQL(" UNION ALL ").join([lists, *selections])

    def _addresses_in_selection(self, selection):
        """SQL of each kind of address that its records have, with the rights of the sender.

        All kinds: a lead is left out by its own address as well as by its customer's.
        """
        Model = self._as_sender().env[selection.mailing_model_name]
        chosen = Model._search(selection._parsed_whole_domain()).subselect()
        own, partner = own_field(Model), partner_field(Model)
        # the very records of a selection are left out too where they are mailed at another address
        chosen_field = self._chosen_email_field() if Model._name == self.mailing_model_real else None
        columns = [normalized(Model, name) for name in dict.fromkeys((own, chosen_field)) if name]
        if partner:
            columns.append(SQL("p.email_normalized"))
        table = SQL("%s m %s", SQL.identifier(Model._table), partner_join(partner))
        return [SQL("SELECT %s FROM %s WHERE m.id IN %s", column, table, chosen) for column in columns]

    def _left_out_among(self, emails):
        """Those of these normalised addresses that are left out; for Odoo's own queue."""
        query = SQL(
            "SELECT DISTINCT email FROM (%s) AS a(email) WHERE email = ANY(%s) OR email ~ %s OR email !~ %s",
            self._left_out_addresses(),
            list(emails),
            NOT_ASCII,
            PLAIN_ADDRESS,
        )
        keys = {self._spelling(email)[1] for [email] in self.env.execute_query(query)}
        return {email for email in emails if self._key(email) in keys}
