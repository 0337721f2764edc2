"""How fast which part of the queue may go: per mailing and per receiving provider, for all lanes together."""

from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ...core.connections import WORTH_A_CONNECTION
from ...core.pacing.share import share
from ...core.pacing.slowdown import slowest


class Stream(NamedTuple):
    """The waiting recipients of one mailing at one provider; the next of them may go in `wait_seconds`."""

    mailing_id: int
    provider_id: int | None
    wait_seconds: float

    @property
    def is_due(self):
        """Whether one of them may go now."""
        return self.wait_seconds <= 0


class Grant(NamedTuple):
    """What a lane may have of a stream now."""

    mails: int
    parcels: int | None = None  # how many connections may begin, beside those that it has open; None: any number
    per_connection: int = 0  # how many mails the provider wants on a connection; 0: any number


class Limits(NamedTuple):
    """What holds for a stream (0: no limit), and the rows of the paces in which it is kept."""

    mailing_rate: int
    mailing_pace_id: int | None
    provider_id: int | None
    provider_rate: int
    connections: int
    per_connection: int
    is_slowed: bool
    provider_pace_id: int | None


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    # ------------------------------------------------------------
    # What waits
    # ------------------------------------------------------------

    def _streams(self):
        """The streams of all running mailings: the due ones first, of these who has waited longest for a grant."""
        self.env.flush_all()
        return [Stream(*row) for row in self.env.execute_query(self._streams_query())]

    def _streams_query(self):
        """Looks the first recipient of each stream up in the index, however many wait behind it."""
        return SQL(
            """
            SELECT s.mailing_id, s.provider_id, s.wait_seconds
            FROM (
                SELECT m.id AS mailing_id, first.provider_id, mp.granted_at, pp.granted_at AS provider_granted_at,
                    EXTRACT(EPOCH FROM GREATEST(
                        first.next_attempt_at, m.undo_until, mp.next_grant_at, pp.next_grant_at, pp.paused_until
                    ) - clock_timestamp() AT TIME ZONE 'UTC')::float AS wait_seconds
                FROM mailing_mailing m
                CROSS JOIN LATERAL (
                    SELECT p.id AS provider_id, q.next_attempt_at
                    FROM mailing_provider_limit p CROSS JOIN LATERAL (
                        SELECT next_attempt_at FROM mailing_queue
                        WHERE mailing_id = m.id AND provider_id = p.id AND claimed_by IS NULL
                        ORDER BY next_attempt_at LIMIT 1
                    ) q
                    UNION ALL (
                        SELECT NULL, next_attempt_at FROM mailing_queue
                        WHERE mailing_id = m.id AND provider_id IS NULL AND claimed_by IS NULL
                        ORDER BY provider_id, next_attempt_at LIMIT 1  -- as the index is, which the planner knows so
                    )
                ) first
                LEFT JOIN mailing_pace mp ON mp.mailing_id = m.id
                LEFT JOIN mailing_pace pp ON pp.provider_id = first.provider_id
                WHERE m.flight_state = 'running'
            ) s
            ORDER BY GREATEST(s.wait_seconds, 0), s.granted_at NULLS FIRST, s.provider_granted_at NULLS FIRST,
                s.mailing_id
            """
        )

    # ------------------------------------------------------------
    # What may go
    # ------------------------------------------------------------

    def _grant(self, stream, lane, wanted, open_parcels, per_connection=WORTH_A_CONNECTION):
        """What a lane may have of a stream that now has so many parcels of this provider on the wire.

        In the transaction of the claim: row locks keep lanes apart. `per_connection`: what the route carries.
        """
        limits = self._limits(stream)
        paces = self._lock_paces(limits)
        mails = min([wanted, *(self._allowed(row, limits) for row in paces)])
        if not limits.connections:
            parcels = None
        else:
            per_connection = slowest(per_connection, limits.per_connection)
            mails, parcels = self._share(stream, lane, limits, mails, open_parcels, per_connection)
        self._keep_paces(paces, limits, mails)
        return Grant(mails, parcels, limits.per_connection)

    def _limits(self, stream):
        limits = self._read_limits(stream)
        if limits.mailing_pace_id and (limits.provider_pace_id or not limits.provider_id):
            return limits
        self.env["mailing.pace"]._begin(stream.mailing_id, stream.provider_id)
        return self._read_limits(stream)  # also where another lane was the first

    def _read_limits(self, stream):
        query = SQL(
            """
            SELECT COALESCE(m.rate_per_minute, 0), mp.id, p.id, COALESCE(p.mails_per_minute, 0),
                COALESCE(p.connections, 0), COALESCE(p.mails_per_connection, 0),
                COALESCE(pp.slowed_rate > 0, FALSE), pp.id
            FROM mailing_mailing m
            LEFT JOIN mailing_pace mp ON mp.mailing_id = m.id
            LEFT JOIN mailing_provider_limit p ON p.id = %s AND p.active
            LEFT JOIN mailing_pace pp ON pp.provider_id = p.id
            WHERE m.id = %s
            """,
            stream.provider_id,
            stream.mailing_id,
        )
        [row] = self.env.execute_query(query)
        return Limits(*row)

    def _lock_paces(self, limits):
        """The rows whose limits hold, locked, and of the others those that nobody else has at this moment."""
        holds = {
            limits.mailing_pace_id: limits.mailing_rate,
            limits.provider_pace_id: limits.provider_rate or limits.connections or limits.is_slowed,
        }
        strict = [pace_id for pace_id, limit in holds.items() if pace_id and limit]
        loose = [pace_id for pace_id, limit in holds.items() if pace_id and not limit]
        Pace = self.env["mailing.pace"]
        return Pace._lock(strict) + Pace._lock(loose, waits=False)

    def _allowed(self, row, limits):
        if row["paused_until"] and row["now"] < row["paused_until"]:
            return 0
        return self.env["mailing.pace"]._pace(row).allows(self._rate(row, limits), row["now"])

    def _rate(self, row, limits):
        """Mails a minute at this row."""
        if row["mailing_id"]:
            return limits.mailing_rate
        return slowest(limits.provider_rate, self.env["mailing.pace"]._slowdown(row).rate_at(row["now"]))

    def _share(self, stream, lane, limits, mails, open_parcels, per_connection):
        """How many of these mails may go over how many new connections."""
        Connection = self.env["mailing.pace.connection"]
        free = limits.connections - open_parcels - Connection._of_others(stream.provider_id, lane)
        mails, parcels = share(mails, free, per_connection)
        Connection._lease(stream.provider_id, lane, open_parcels + parcels)
        return mails, parcels

    def _keep_paces(self, rows, limits, mails):
        """Remember what was granted."""
        Pace = self.env["mailing.pace"]
        for row in rows if mails else ():
            Pace._keep(row, Pace._pace(row).after(self._rate(row, limits), row["now"], mails), row["now"])

    def _release_connections(self, lane):
        """The slice of a lane is over: it has no connections any more."""
        self.env["mailing.pace.connection"]._release(lane)
