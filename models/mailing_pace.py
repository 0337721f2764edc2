"""What was granted lately to a mailing or at a provider, and how slow a provider wants us: one narrow row each.

Apart from the settings, because it changes with every batch; lanes lock these rows to keep limits together.
"""

import json

from odoo import fields, models
from odoo.tools import SQL

from ..core.pacing.rate import Pace
from ..core.pacing.slowdown import Slowdown


class MailingPace(models.Model):
    _name = "mailing.pace"
    _description = "Pace of a mailing or of a provider"
    _log_access = False

    mailing_id = fields.Many2one("mailing.mailing", ondelete="cascade", readonly=True)
    provider_id = fields.Many2one("mailing.provider.limit", ondelete="cascade", readonly=True)
    granted_at = fields.Datetime(readonly=True, help="Who has waited longest comes first.")
    next_grant_at = fields.Datetime(readonly=True)
    recent = fields.Json(readonly=True, help="Moments (seconds) and numbers of mails of the last minute.")
    domains_noted_until = fields.Integer(readonly=True, help="Of rows of the queue up to this, the domains are noted.")

    paused_until = fields.Datetime(readonly=True)
    slowed_rate = fields.Integer(readonly=True, help="Mails a minute right after the pause.")
    full_rate = fields.Integer(readonly=True, help="Mails a minute at which the slowdown ends.")
    complaint_count = fields.Integer(readonly=True)
    complaint = fields.Char(readonly=True, help="What the provider's server said.")

    _mailing_uniq = models.UniqueIndex("(mailing_id) WHERE mailing_id IS NOT NULL")
    _provider_uniq = models.UniqueIndex("(provider_id) WHERE provider_id IS NOT NULL")

    # ------------------------------------------------------------
    # Rows, as dicts: read and written within one short transaction
    # ------------------------------------------------------------

    def _begin(self, mailing_id, provider_id):
        """Make the rows that are not there yet."""
        self.env.cr.execute(
            """
            INSERT INTO mailing_pace (mailing_id, provider_id)
            SELECT id, NULL FROM mailing_mailing WHERE id = %s UNION ALL
            SELECT NULL, id FROM mailing_provider_limit WHERE id = %s AND active
            ON CONFLICT DO NOTHING
            """,
            [mailing_id, provider_id],
        )

    def _lock(self, ids, waits=True):
        """Lock rows, and read them after that; without waiting: only those that nobody else has locked."""
        if not ids:
            return []
        # the same order in every lane, providers first, as a complaint locks one of them before
        self.env.cr.execute(
            SQL(
                """
                SELECT id, mailing_id, provider_id, recent, slowed_rate, full_rate, complaint_count,
                    EXTRACT(EPOCH FROM next_grant_at)::float AS next_at,
                    EXTRACT(EPOCH FROM paused_until)::float AS paused_until,
                    EXTRACT(EPOCH FROM clock_timestamp())::float AS now
                FROM mailing_pace WHERE id = ANY(%s) ORDER BY provider_id, mailing_id FOR NO KEY UPDATE %s
                """,
                ids,
                SQL() if waits else SQL("SKIP LOCKED"),
            )
        )
        return self.env.cr.dictfetchall()

    def _pace(self, row):
        return Pace(row["next_at"] or 0.0, tuple((at, mails) for at, mails in row["recent"] or ()))

    def _slowdown(self, row):
        return Slowdown(
            row["paused_until"] or 0.0, row["slowed_rate"] or 0, row["full_rate"] or 0, row["complaint_count"] or 0
        )

    def _keep(self, row, pace, now):
        """Remember a grant."""
        self.env.cr.execute(
            """
            UPDATE mailing_pace SET recent = %s, granted_at = to_timestamp(%s) AT TIME ZONE 'UTC',
                next_grant_at = to_timestamp(NULLIF(%s, 0)) AT TIME ZONE 'UTC'
            WHERE id = %s
            """,
            [json.dumps(pace.recent), now, pace.next_at, row["id"]],
        )

    # ------------------------------------------------------------
    # Providers that asked us to slow down
    # ------------------------------------------------------------

    def _slow_down(self, provider, complaint, pause, wish):
        """A provider complained: seconds to wait by the rules, and those that its server asked for (0: none)."""
        self.env.flush_all()
        query = SQL("SELECT id FROM mailing_pace WHERE provider_id = %s", provider.id)
        # a row that is locked at this moment is left alone: whoever has it may wait for rows that we have
        for row in self._lock([pace_id for [pace_id] in self.env.execute_query(query)], waits=False):
            rate = provider.mails_per_minute or self._pace(row).per_minute(row["now"])
            state = self._slowdown(row).after_complaint(row["now"], pause, wish, rate)
            self.env.cr.execute(
                """
                UPDATE mailing_pace SET paused_until = to_timestamp(%s) AT TIME ZONE 'UTC',
                    slowed_rate = %s, full_rate = %s, complaint_count = %s, complaint = %s
                WHERE id = %s
                """,
                [state.paused_until, state.rate, state.full_rate, state.complaints, complaint, row["id"]],
            )
        self.invalidate_model()

    def _slowed(self):
        """What still holds of complaints, by provider: until when it pauses, mails a minute after that, its words."""
        rows = self.search([("provider_id", "!=", False), ("slowed_rate", ">", 0)])
        now = fields.Datetime.now()
        return {
            pace.provider_id.id: {
                "paused_until": pace.paused_until if pace.paused_until > now else False,
                "slowed_rate": rate,
                "complaint": pace.complaint,
            }
            for pace in rows
            if (rate := pace._slowdown_now(now))
        }

    def _slowdown_now(self, now):
        row = {name: self[name] for name in ("slowed_rate", "full_rate", "complaint_count")}
        return self._slowdown({**row, "paused_until": self.paused_until.timestamp()}).rate_at(now.timestamp())

    def _forget_slowdown(self, provider_ids):
        self.search([("provider_id", "in", provider_ids)]).write(
            {"paused_until": False, "slowed_rate": 0, "full_rate": 0, "complaint_count": 0, "complaint": False}
        )
