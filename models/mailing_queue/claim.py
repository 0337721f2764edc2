"""Taking rows from the queue: so that no other lane has them, and nobody is mailed who left in the meantime."""

from operator import itemgetter

from odoo import models
from odoo.tools import SQL
from odoo.tools.misc import groupby

# More than the time-outs of all commands of one mail together, and a slice
LEASE_SECONDS = 15 * 60


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _claim(self, stream, lane, limit):
        """Take up to `limit` due recipients of a stream, as dicts. Must be committed before anything is sent."""
        self.env["mailing.mailing"].flush_model(["flight_state", "undo_until"])
        self.env.cr.execute(self._claim_query(stream, lane, limit))
        return self.env.cr.dictfetchall()

    def _claim_query(self, stream, lane, limit):
        return SQL(
            """
            WITH due AS (
                SELECT id FROM mailing_queue
                WHERE mailing_id = %(mailing)s AND %(of_provider)s AND claimed_by IS NULL
                  AND next_attempt_at <= now() AT TIME ZONE 'UTC'
                  AND (SELECT flight_state = 'running' AND COALESCE(undo_until <= now() AT TIME ZONE 'UTC', TRUE)
                       FROM mailing_mailing WHERE id = %(mailing)s)
                -- also by the one provider: of those without any the index is not known to be in order else
                ORDER BY provider_id, next_attempt_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE mailing_queue q SET
                    claimed_by = %(lane)s,
                    lease_until = now() AT TIME ZONE 'UTC' + %(lease)s * interval '1 second',
                    attempt_count = q.attempt_count + 1,
                    first_attempt_at = COALESCE(q.first_attempt_at, now() AT TIME ZONE 'UTC')
                FROM due WHERE q.id = due.id
                RETURNING q.id, q.trace_id, q.mailing_id, q.provider_id, q.res_id, q.email, q.claimed_by,
                    q.attempt_count,
                    now() AT TIME ZONE 'UTC' - q.first_attempt_at AS age
            )
            UPDATE mailing_trace t SET delivery_state = 'sending' FROM claimed
            WHERE t.id = claimed.trace_id RETURNING claimed.*, t.message_id
            """,
            mailing=stream.mailing_id,
            of_provider=SQL("provider_id = %s", stream.provider_id)
            if stream.provider_id
            else SQL("provider_id IS NULL"),
            lane=lane,
            limit=limit,
            lease=LEASE_SECONDS,
        )

    def _claimed_by(self, lane):
        """What a lane has claimed, as `_claim` returned it, for whoever settles in its place."""
        self.env.cr.execute(
            """
            SELECT q.id, q.trace_id, q.mailing_id, q.provider_id, q.res_id, q.email, q.claimed_by,
                q.attempt_count, now() AT TIME ZONE 'UTC' - q.first_attempt_at AS age
            FROM mailing_queue q WHERE q.claimed_by = %s FOR UPDATE
            """,
            [lane],
        )
        return self.env.cr.dictfetchall()

    def _unwanted(self, rows):
        """Of claimed rows that still wait for their turn, the traces whose mails must not go after all.

        Their mailing was paused or stopped, or they left. Their next claim, or the mailing's end, says what they are.
        """
        rows_by_mailing = dict(groupby(rows, key=itemgetter("mailing_id")))
        running = self._running(rows_by_mailing)
        unwanted = []
        for mailing_id, of_mailing in rows_by_mailing.items():
            mailing = self.env["mailing.mailing"].browse(mailing_id)
            left = mailing._who_left(of_mailing) if mailing_id in running else None
            unwanted += [row["trace_id"] for row in of_mailing if left is None or row["email"] in left]
        return unwanted

    def _running(self, mailing_ids):
        query = SQL("SELECT id FROM mailing_mailing WHERE id = ANY(%s) AND flight_state = 'running'", [*mailing_ids])
        return {mailing_id for [mailing_id] in self.env.execute_query(query)} if mailing_ids else set()

    def _exclude_who_left(self, mailing, rows):
        """Exclude the claimed who left since the enqueue; returns the others.

        Left: were blacklisted, opted out, blocked, found unreachable or set as former employees.
        """
        left = mailing._who_left(rows)
        self._exclude([(row["trace_id"], left[row["email"]]) for row in rows if row["email"] in left])
        return [row for row in rows if row["email"] not in left]
