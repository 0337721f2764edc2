"""How fast which part of the queue may go: per mailing and per receiving provider, for all lanes together."""

from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


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


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _streams(self):
        """The streams of all running mailings, those that may go first in front."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id, p.id, EXTRACT(EPOCH FROM due.at - now() AT TIME ZONE 'UTC')::float
                FROM mailing_mailing m
                CROSS JOIN (SELECT id FROM mailing_provider_limit UNION ALL SELECT NULL) p
                CROSS JOIN LATERAL (
                    SELECT GREATEST(q.next_attempt_at, m.undo_until) AS at FROM mailing_queue q
                    WHERE q.mailing_id = m.id AND q.claimed_by IS NULL
                      AND (q.provider_id = p.id OR (p.id IS NULL AND q.provider_id IS NULL))
                    ORDER BY q.next_attempt_at, q.id LIMIT 1
                ) due
                WHERE m.flight_state = 'running'
                ORDER BY due.at, m.id
                """
            )
        )
        return [Stream(*row) for row in rows]

    def _grant(self, stream, lane, wanted, open_parcels):
        """What a lane may have of a stream that now has so many parcels of this provider on the wire.

        In the transaction of the claim: row locks keep lanes apart.
        """
        return Grant(wanted)

    def _release_connections(self, lane):
        """The slice of a lane is over: it has no connections any more."""

    def _note_replies(self, replies):
        """Slow providers down that ask for it: pairs of a claimed row and its reply; in the settling transaction."""

    def _provider_sql(self, domain):
        """The provider of a recipient's domain (SQL of its name, lower case, ASCII), as SQL."""
        return SQL("NULL::int")
