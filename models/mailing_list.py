"""Mailing lists of any size show their name at once."""

from odoo import api, models
from odoo.tools import SQL


class MailingList(models.Model):
    _name = "mailing.list"
    _inherit = ["mailing.list", "mailing.usable"]

    @api.depends("contact_count")
    def _compute_display_name(self):
        self._count_contacts()
        super()._compute_display_name()

    def _count_contacts(self):
        """Know the one figure that the name shows.

        Stock counts five at once, joined with contacts and blacklist: 1.3 s for a million, for each form of a mailing.
        """
        self.env["mailing.subscription"].flush_model(["list_id"])
        query = SQL("SELECT list_id, count(*) FROM mailing_subscription WHERE list_id = ANY(%s) GROUP BY 1", self.ids)
        counts = dict(self.env.execute_query(query))
        self._fields["contact_count"]._insert_cache(self.browse(self.ids), [counts.get(id_, 0) for id_ in self.ids])
