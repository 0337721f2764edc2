"""The work table: one row a recipient who has not got the mail yet, gone when settled."""

import logging
from contextlib import contextmanager

import psycopg2

from odoo import fields, models, modules

_logger = logging.getLogger(__name__)

# what psycopg2 raises when the server is gone, restarts, or sets a transaction back
LOST_DATABASE = (psycopg2.OperationalError, psycopg2.InterfaceError)

# Lanes look up what they know by its key. PostgreSQL would rather read and sort the whole queue (0.9 s instead of
# 0.02 s a batch), because its statistics are from before the enqueue.
READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
BEGIN = "; ".join(
    [
        READ_COMMITTED,
        *(f"SET LOCAL enable_{plan} = off" for plan in ("seqscan", "hashjoin", "mergejoin")),
        "SET LOCAL jit = off",
    ]
)


class MailingQueue(models.Model):
    _name = "mailing.queue"
    _description = "Recipients still to be mailed"
    _order = "next_attempt_at, id"
    # Written by SQL only, a million rows at a time: the columns of the log would double its size
    _log_access = False

    trace_id = fields.Many2one("mailing.trace", required=True, ondelete="cascade", readonly=True)
    mailing_id = fields.Many2one("mailing.mailing", required=True, ondelete="cascade", readonly=True)
    res_id = fields.Integer("Record", required=True, readonly=True)
    email = fields.Char(required=True, readonly=True)
    provider_id = fields.Many2one("mailing.provider.limit", ondelete="set null", readonly=True)
    next_attempt_at = fields.Datetime(required=True, readonly=True)
    first_attempt_at = fields.Datetime(readonly=True)
    attempt_count = fields.Integer("Attempts", required=True, default=0, readonly=True)
    claimed_by = fields.Char("Lane at work", readonly=True)
    lease_until = fields.Datetime(readonly=True, help="When whoever claimed it is taken for dead.")

    _trace_uniq = models.UniqueIndex("(trace_id)", "A recipient waits once.")
    _due_idx = models.Index("(mailing_id, provider_id, next_attempt_at, id) WHERE claimed_by IS NULL")
    _lease_idx = models.Index("(claimed_by, lease_until) WHERE claimed_by IS NOT NULL")

    def init(self):
        """Have PostgreSQL clear away early: each mail leaves two dead versions of its row where claims look first."""
        super().init()
        self.env.cr.execute(
            """
            ALTER TABLE mailing_queue SET (
                autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
                autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)
            """
        )

    @contextmanager
    def _short_transaction(self, begin=BEGIN):
        """A transaction of its own, committed at the end; in tests a part of the test's.

        READ COMMITTED, because two lanes, or a lane and somebody who opens a mail, meet on rows: Odoo's own
        REPEATABLE READ would fail there, after the mail is out.
        """
        if self._is_testing():
            self.env.flush_all()
            yield
            self.env.invalidate_all()
            return
        # the one place that commits: what was claimed or is known must outlive a crash
        self.env.cr.commit()  # pylint: disable=invalid-commit
        self.env.cr.execute(begin)
        committed = []
        self.env.cr.postcommit.add(lambda: committed.append(True))
        yield
        try:
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except Exception:
            if not committed:
                raise
            # what is told to others after a commit (Odoo's bus) must not make us take it for undone
            _logger.warning("Not everybody was told of what is committed", exc_info=True)

    def _let_go(self):
        """End a transaction that has read: an open one keeps PostgreSQL from using the room of old versions of rows."""
        if not self._is_testing():
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _abandon_transaction(self):
        """After an error: so that what is known can still be written down."""
        if not self._is_testing():
            self.env.cr.rollback()

    def _is_testing(self):
        """Whether an Odoo test runs this, which has one cursor and rolls it back at its end."""
        return bool(modules.module.current_test)
