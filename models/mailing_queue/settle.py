"""Writing down what became of the claimed recipients, a batch at a time."""

import random
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...adapters.postgres import array
from ...core.pacing.throttling import wished_seconds
from ...core.replies import Stage, Verdict, severity

FINAL = {Verdict.FAILED, Verdict.IN_DOUBT}
# a report was quicker than the lane: it knows more than a lane that waits for an answer
CAME_BACK = SQL("t.trace_status IN ('bounce', 'error')")


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _settle(self, results):
        """Write down results: pairs of a claimed row and its outcome; returns how many left the queue.

        Queue rows are told by their own id: where a lease ran out and somebody sent again, the trace has a new row,
        which is another lane's.
        """
        sent, finals, later, untouched = [], [], [], []
        for row, outcome in results:
            if outcome.verdict is Verdict.SENT:
                sent.append((row["id"], row["trace_id"], self._words(outcome), row["attempt_count"]))
            elif outcome.verdict in FINAL:
                finals.append(self._final_values(row, outcome))
            elif outcome.verdict is Verdict.DEFERRED:
                self._plan(row, outcome, finals, later)
            else:
                untouched.append((row["id"], row["claimed_by"]))
        self._write_sent(sent)
        self._record_bounces(results, self._write_finals(finals))
        ended = self._end_who_came_back(later, untouched)
        self._write_deferred(later)
        self._give_back(untouched)
        self.env["mailing.mailing"]._watch_refusals(results)
        self._note_replies([(row, outcome.reply) for row, outcome in results if outcome.verdict is Verdict.DEFERRED])
        return len(sent) + len(finals) + ended

    def _plan(self, row, outcome, finals, later):
        """Another attempt, or the end of them."""
        wish = timedelta(seconds=wished_seconds(outcome.reply.text) if outcome.reply else 0)
        schedule = self.env["mailing.mailing"].browse(row["mailing_id"])._retry_schedule()
        # spreads attempts, protects nothing
        wait = schedule.delay(row["attempt_count"], row["age"], random.random(), wish)  # noqa: S311
        if wait is None:
            finals.append(self._given_up_values(row, outcome, schedule))
        else:
            later.append(
                (row["id"], row["claimed_by"], wait.total_seconds(), row["attempt_count"], self._words(outcome))
            )

    def _final_values(self, row, outcome):
        """Row, trace, delivery state, stock's status and failure type, reply, reason, severity, attempts, cause."""
        head, words = (row["id"], row["trace_id"], outcome.verdict.value), self._words(outcome)
        if outcome.verdict is Verdict.IN_DOUBT:
            return (*head, "pending", None, words, None, None, row["attempt_count"], None)
        status, failure_type, how_bad = self._failure(outcome)
        cause = self._bounce_reason(outcome) if how_bad else None
        return (*head, status, failure_type, words, self._reason(row, outcome), how_bad, row["attempt_count"], cause)

    def _failure(self, outcome):
        """Stock's status and failure type, and the severity, of a refused recipient."""
        if outcome.reply is None:
            return "error", "mail_email_invalid" if outcome.stage is Stage.MAIL else "unknown", None
        how_bad = severity(outcome.stage, outcome.reply)
        # the others are no "bounce" for stock, which would count them against the address
        return "bounce" if how_bad == "hard" else "error", "mail_bounce", how_bad

    def _given_up_values(self, row, outcome, schedule):
        reason = " ".join(filter(None, [self._translate(row, schedule.end), self._reason(row, outcome)]))
        # put off to the end for our reputation, or for our sender: the address has no part in it
        how_bad = severity(outcome.stage, outcome.reply)
        return (
            *(row["id"], row["trace_id"], "failed", "error", "mail_bounce"),
            *(self._words(outcome), reason, how_bad, row["attempt_count"], self._bounce_reason(outcome)),
        )

    def _words(self, outcome):
        return str(outcome.reply) if outcome.reply else None

    def _reason(self, row, outcome):
        return self._translate(row, outcome.reason) if outcome.reason else self._words(outcome)

    def _translate(self, row, text):
        mailing = self.env["mailing.mailing"].browse(row["mailing_id"]).exists()
        return mailing._in_language_of_who_sent_it()._translate(text)

    # COALESCE hides the state from PostgreSQL, whose statistics know of nobody "sending": it would read the whole
    # ledger for them (five times the cost of a result)

    def _write_sent(self, sent):
        """Accepted: queue row, trace, reply, attempts. Who opened, or bounced, before we came to write stays so."""
        if not sent:
            return
        ids, trace_ids, replies, attempts = map(array, zip(*sent, strict=True))
        self.env.cr.execute(
            SQL(
                """
                WITH settled(queue_id, id, reply, attempts) AS (
                    SELECT * FROM unnest(%(ids)s::int[], %(trace_ids)s::int[], %(replies)s::text[], %(attempts)s::int[])
                ), gone AS (
                    DELETE FROM mailing_queue q USING settled WHERE q.id = settled.queue_id
                )
                UPDATE mailing_trace t SET
                    delivery_state = CASE WHEN %(came_back)s THEN 'failed' ELSE 'sent' END,
                    trace_status = CASE WHEN t.trace_status IN ('open', 'reply') OR %(came_back)s
                        THEN t.trace_status ELSE 'sent' END,
                    failure_type = CASE WHEN %(came_back)s THEN t.failure_type END,
                    failure_reason = CASE WHEN %(came_back)s THEN t.failure_reason END,
                    sent_datetime = date_trunc('second', now() AT TIME ZONE 'UTC'),
                    bounce_severity = CASE WHEN %(came_back)s THEN t.bounce_severity END,
                    bounce_reason = CASE WHEN %(came_back)s THEN t.bounce_reason END,
                    smtp_reply = CASE WHEN %(came_back)s THEN t.smtp_reply ELSE s.reply END,
                    attempt_count = s.attempts
                FROM settled s WHERE t.id = s.id AND COALESCE(t.delivery_state, '') IN ('sending', 'in_doubt')
                """,
                ids=ids,
                trace_ids=trace_ids,
                replies=replies,
                attempts=attempts,
                came_back=CAME_BACK,
            )
        )

    def _write_finals(self, finals):
        """Failed or in doubt; returns who failed. Who opened before we came to write stays so.

        Whose mail came back meanwhile is in no doubt, and nobody who was waited for too long: only an address that the
        server itself calls dead is settled by its words.
        """
        if not finals:
            return []
        self.env.cr.execute(
            SQL(
                """
                WITH settled(queue_id, id, state, status, failure_type, reply, reason, severity, attempts, cause) AS (
                    SELECT * FROM unnest(%(columns)s)
                ), gone AS (
                    DELETE FROM mailing_queue q USING settled WHERE q.id = settled.queue_id
                )
                UPDATE mailing_trace t SET
                    delivery_state = CASE WHEN %(came_back)s THEN 'failed' ELSE s.state END,
                    trace_status = CASE WHEN t.trace_status IN ('open', 'reply') OR %(came_back)s
                        THEN t.trace_status ELSE s.status END,
                    failure_type = CASE WHEN %(came_back)s THEN t.failure_type ELSE s.failure_type END,
                    failure_reason = CASE WHEN %(came_back)s THEN t.failure_reason ELSE s.reason END,
                    bounce_severity = CASE WHEN %(came_back)s THEN t.bounce_severity ELSE s.severity END,
                    bounce_reason = CASE WHEN %(came_back)s THEN t.bounce_reason ELSE s.cause END,
                    smtp_reply = CASE WHEN %(came_back)s THEN t.smtp_reply ELSE s.reply END,
                    attempt_count = s.attempts
                FROM settled s WHERE t.id = s.id AND COALESCE(t.delivery_state, '') IN ('sending', 'in_doubt')
                RETURNING t.id, t.email, t.mass_mailing_id, s.severity, s.cause, s.attempts
                """,
                columns=SQL(
                    "%s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
                    " %s::int[], %s::text[]",
                    *map(array, zip(*finals, strict=True)),
                ),
                came_back=SQL("(s.status != 'bounce' AND %s)", CAME_BACK),
            )
        )
        return self.env.cr.fetchall()

    def _end_who_came_back(self, later, untouched):
        """Nobody waits for another attempt whose mail has come back meanwhile; returns how many these are."""
        claims = [(*row[:2], 0) for row in later] + [(*row[:2], 1) for row in untouched]
        if not claims:
            return 0
        self.env.cr.execute(
            SQL(
                """
                WITH claimed(id, lane, not_begun) AS (SELECT * FROM unnest(%(ids)s::int[], %(lanes)s::text[],
                    %(not_begun)s::int[])
                ), waiting AS (
                    -- so that no report comes between this and what is written next
                    SELECT q.id, t.id AS trace_id, q.attempt_count - c.not_begun AS attempts,
                        t.delivery_state = 'sending' AND %(came_back)s AS is_over
                    FROM claimed c JOIN mailing_queue q ON q.id = c.id AND q.claimed_by = c.lane
                    JOIN mailing_trace t ON t.id = q.trace_id FOR NO KEY UPDATE OF t
                ), gone AS (
                    DELETE FROM mailing_queue q USING waiting w WHERE q.id = w.id AND w.is_over
                )
                UPDATE mailing_trace t SET delivery_state = 'failed', attempt_count = w.attempts
                FROM waiting w WHERE t.id = w.trace_id AND w.is_over
                """,
                came_back=CAME_BACK,
                **dict(zip(("ids", "lanes", "not_begun"), map(array, zip(*claims, strict=True)), strict=True)),
            )
        )
        return self.env.cr.rowcount

    def _write_deferred(self, later):
        """Another attempt later: queue row, lane, seconds to wait, attempts, reply."""
        if not later:
            return
        self.env.cr.execute(
            SQL(
                """
                WITH waiting(id, lane, seconds, attempts, reply) AS (
                    SELECT * FROM unnest(%s::int[], %s::text[], %s::float[], %s::int[], %s::text[])
                ), released AS (
                    UPDATE mailing_queue q SET claimed_by = NULL, lease_until = NULL,
                        next_attempt_at = date_trunc('second', now() AT TIME ZONE 'UTC' + w.seconds * interval '1 s')
                    FROM waiting w WHERE q.id = w.id AND q.claimed_by = w.lane
                    RETURNING q.trace_id, q.first_attempt_at, w.reply, w.attempts
                )
                UPDATE mailing_trace t
                SET delivery_state = 'deferred', smtp_reply = r.reply, attempt_count = r.attempts,
                    first_attempt_at = r.first_attempt_at
                FROM released r WHERE t.id = r.trace_id AND t.delivery_state = 'sending'
                """,
                *map(array, zip(*later, strict=True)),
            )
        )

    def _give_back(self, untouched):
        """As if they had not been claimed, for nothing of them was sent: queue row, lane."""
        if not untouched:
            return
        self.env.cr.execute(
            SQL(
                """
                WITH untouched(id, lane) AS (SELECT * FROM unnest(%s::int[], %s::text[])), released AS (
                    UPDATE mailing_queue q SET claimed_by = NULL, lease_until = NULL,
                        attempt_count = q.attempt_count - 1,
                        first_attempt_at = CASE WHEN q.attempt_count > 1 THEN q.first_attempt_at END
                    FROM untouched u WHERE q.id = u.id AND q.claimed_by = u.lane
                    RETURNING q.trace_id, q.attempt_count
                )
                UPDATE mailing_trace t
                SET delivery_state = CASE WHEN r.attempt_count > 0 THEN 'deferred' ELSE 'queued' END
                FROM released r WHERE t.id = r.trace_id
                """,
                *map(array, zip(*untouched, strict=True)),
            )
        )

    def _exclude(self, reasons):
        """Take recipients out, with the reason: pairs of trace and failure type."""
        if not reasons:
            return
        self.env.cr.execute(
            SQL(
                """
                WITH excluded(id, reason) AS (SELECT * FROM unnest(%s::int[], %s::text[])),
                gone AS (DELETE FROM mailing_queue q USING excluded WHERE q.trace_id = excluded.id)
                UPDATE mailing_trace t SET delivery_state = 'excluded', trace_status = 'cancel',
                    failure_type = e.reason, recipient_key = NULL
                FROM excluded e WHERE t.id = e.id
                """,
                *map(array, zip(*reasons, strict=True)),
            )
        )
