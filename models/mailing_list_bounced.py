"""What share of a list's addresses came back, by what is known of addresses rather than by Odoo's own counter."""

from odoo import models
from odoo.tools import SQL


class MailingList(models.Model):
    _inherit = "mailing.list"

    def _compute_mailing_list_statistics(self):
        super()._compute_mailing_list_statistics()
        counts = self._count_bounced()
        for mailing_list in self.filtered("contact_count"):
            mailing_list.contact_pct_bounce = 100 * counts.get(mailing_list.id, 0) / mailing_list.contact_count

    def _count_bounced(self):
        """`{list: contacts}`, as many as the list of contacts shows with its filter "Bounced"."""
        query = SQL(
            """
            SELECT s.list_id, count(DISTINCT s.contact_id)
            FROM mailing_address a
            JOIN mailing_contact c ON c.email_normalized IN (a.email, a.other_spelling)
            JOIN mailing_subscription s ON s.contact_id = c.id
            WHERE (a.hard_bounce_count > 0 OR a.soft_bounce_count > 0) AND s.list_id = ANY(%s) GROUP BY 1
            """,
            self.ids,
        )
        return dict(self.env.execute_query(query))
