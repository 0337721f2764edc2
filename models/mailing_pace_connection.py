"""How many connections to a provider each lane has, where their number is limited."""

from odoo import fields, models
from odoo.tools import SQL

# Longer than a mail takes over a slow connection; a lane renews it with every batch
LEASE_SECONDS = 5 * 60


class MailingPaceConnection(models.Model):
    _name = "mailing.pace.connection"
    _description = "Connections of a lane to a provider"
    _log_access = False

    provider_id = fields.Many2one("mailing.provider.limit", required=True, ondelete="cascade", readonly=True)
    lane = fields.Char(required=True, readonly=True)
    connections = fields.Integer(required=True, readonly=True)
    lease_until = fields.Datetime(required=True, readonly=True, help="When a lane that says nothing is taken for dead.")

    _lane_uniq = models.UniqueIndex("(provider_id, lane)")

    def _of_others(self, provider_id, lane):
        """How many connections the other lanes have to a provider whose pace is locked."""
        query = SQL(
            """
            SELECT COALESCE(sum(connections), 0)::int FROM mailing_pace_connection
            WHERE provider_id = %s AND lane <> %s AND lease_until > clock_timestamp() AT TIME ZONE 'UTC'
            """,
            provider_id,
            lane,
        )
        [[count]] = self.env.execute_query(query)
        return count

    def _lease(self, provider_id, lane, connections):
        """Say how many connections a lane has to a provider whose pace is locked."""
        self.env.cr.execute(
            """
            INSERT INTO mailing_pace_connection (provider_id, lane, connections, lease_until)
            VALUES (%s, %s, %s, clock_timestamp() AT TIME ZONE 'UTC' + %s * interval '1 second')
            ON CONFLICT (provider_id, lane)
            DO UPDATE SET connections = excluded.connections, lease_until = excluded.lease_until
            """,
            [provider_id, lane, connections, LEASE_SECONDS],
        )

    def _release(self, lane):
        """A lane has no connections any more; nor have those that have long been dead."""
        self.env.cr.execute(
            """
            DELETE FROM mailing_pace_connection
            WHERE lane = %s OR lease_until < now() AT TIME ZONE 'UTC' - interval '1 day'
            """,
            [lane],
        )
