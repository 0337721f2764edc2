"""How fast which part of the queue may go: per mailing and per receiving provider, for all lanes together."""

from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class Stream(NamedTuple):
    """The waiting recipients of one mailing at one provider; `due_at` (UTC) is when the next of them may go."""

    mailing_id: int
    provider_id: int | None
    due_at: datetime
    is_due: bool


class Grant(NamedTuple):
    """How many mails a lane may claim now, over how many connections, and how many each of these may carry."""

    mails: int
    connections: int
    per_connection: int


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _streams(self):
        """The streams of all running mailings, those that may go first in front."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id, p.id, due.at, due.at <= now() AT TIME ZONE 'UTC'
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

    def _grant(self, stream, lane, wanted, per_connection):
        """What a lane may have of a stream; in the transaction of the claim, whose row locks keep lanes apart."""
        return Grant(wanted, wanted, per_connection)

    def _note_replies(self, replies):
        """Slow providers down that ask for it: pairs of a claimed row and its reply; in the settling transaction."""

    def _provider_sql(self, domain):
        """The provider of a recipient's domain (SQL of its name, lower case, ASCII), as SQL."""
        return SQL("NULL::int")
