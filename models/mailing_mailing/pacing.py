"""What people see of the pace of a mailing."""

from odoo import models
from odoo.tools import SQL


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _slowed_providers(self):
        """Providers that asked us to slow down and for whom recipients of this mailing wait, as dicts:

        `provider` (its name), `reply` (what its server said), `paused_until` (UTC; False: it goes on, slowly),
        `rate` (mails a minute, after the pause) and `waiting` (how many recipients).
        """
        self.ensure_one()
        slowed = self.env["mailing.pace"].sudo()._slowed()
        waiting = self._count_waiting(list(slowed))
        providers = self.env["mailing.provider.limit"].sudo().browse(waiting)
        return [
            {
                "provider": provider.name,
                "reply": slowed[provider.id]["complaint"],
                "paused_until": slowed[provider.id]["paused_until"],
                "rate": slowed[provider.id]["slowed_rate"],
                "waiting": waiting[provider.id],
            }
            for provider in providers
        ]

    def _count_waiting(self, provider_ids):
        """How many recipients wait at each of these providers."""
        if not provider_ids:
            return {}
        self.env.flush_all()
        query = SQL(
            """
            SELECT provider_id, count(*) FROM mailing_queue
            WHERE mailing_id = %s AND provider_id = ANY(%s) AND claimed_by IS NULL GROUP BY provider_id ORDER BY 2 DESC
            """,
            self.id,
            provider_ids,
        )
        return dict(self.env.execute_query(query))
