"""The providers that asked us to slow down, as the screens of a mailing tell it."""

from odoo import fields, models
from odoo.tools import SQL

MOST_COUNTED = 10_000  # beyond, nobody needs the exact number, and it is told every second


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _slowed_providers(self):
        """Each with its name, its server's words, how many of this mailing wait there, and when the next may go."""
        self.ensure_one()
        providers = self.env["mailing.provider.limit"].sudo().search([])
        slowed = self.env["mailing.pace"].sudo()._slowed(providers.ids)
        return [
            {
                "name": provider.name,
                "complaint": slowed[provider.id]["complaint"],
                "waiting": min(waiting, MOST_COUNTED),
                "is_more": waiting > MOST_COUNTED,
                "next_at": self._later(next_at, slowed[provider.id]["paused_until"]),
            }
            for provider in providers.filtered(lambda provider: provider.id in slowed)
            for waiting, next_at in self._waiting_at(provider)
            if waiting
        ]

    def _waiting_at(self, provider):
        query = SQL(
            """
            SELECT count(*), min(next_attempt_at) FROM (
                SELECT next_attempt_at FROM mailing_queue
                WHERE mailing_id = %s AND provider_id = %s AND claimed_by IS NULL
                ORDER BY next_attempt_at LIMIT %s
            ) waiting
            """,
            self.id,
            provider.id,
            MOST_COUNTED + 1,
        )
        return self.env.execute_query(query)

    def _later(self, *moments):
        """The last of these that is still to come, or None (UTC)."""
        now = fields.Datetime.now()
        return fields.Datetime.to_string(max((at for at in moments if at and at > now), default=None)) or None
