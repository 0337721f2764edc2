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
            WITH doubtful AS (
                SELECT id, email, other_spelling FROM mailing_address
                WHERE (validity = 'invalid' OR validity_reason = 'typo') AND NOT is_blocked
                  AND is_unreachable IS NOT TRUE
            )
            SELECT count(DISTINCT d.id) FROM (%s) r JOIN (
                SELECT id, email AS spelling FROM doubtful
                UNION ALL SELECT id, other_spelling FROM doubtful WHERE other_spelling IS NOT NULL
            ) d ON d.spelling = r.email  -- an equation: a million recipients are hashed, not searched for each
            """,
            self._recipients_query(),
        )
        [[count]] = self.env.execute_query(query)
        return {"doubtful_count": count}
