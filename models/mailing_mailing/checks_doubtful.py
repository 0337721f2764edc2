"""How many of the addresses that would be mailed look wrong."""

from odoo import models
from odoo.tools import SQL


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _draft_of_addresses(self):
        """What the checks say about the addresses. Who has opted out is not taken out again: that takes the longest."""
        if not self._can_read_addresses():
            return {"doubtful_count": 0}
        self.env.flush_all()
        query = SQL(
            """
            SELECT count(DISTINCT a.id) FROM (%s) r
            JOIN mailing_address a ON r.email IN (a.email, a.other_spelling)
            WHERE (a.validity = 'invalid' OR a.validity_reason = 'typo') AND NOT a.is_blocked
              AND a.is_unreachable IS NOT TRUE
            """,
            self._recipients_query(),
        )
        [[count]] = self.env.execute_query(query)
        return {"doubtful_count": count}
