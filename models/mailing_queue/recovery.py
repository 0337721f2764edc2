"""After the death of a lane: what its journal knows is written down; without a journal, its lease decides."""

from pathlib import Path

from odoo import models
from odoo.tools import config

from ...adapters.journal import Journal, orphans


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _journal(self, lane):
        """A new journal for a lane."""
        return Journal(self._journal_folder(), lane)

    def _journal_folder(self):
        return Path(config["data_dir"]) / "bulk_mailing" / self.env.cr.dbname

    def _recover(self):
        """Settle what dead lanes left behind."""
        for orphan in orphans(self._journal_folder()):
            try:
                with self._short_transaction():
                    self._replay(orphan)
            except BaseException:
                orphan.leave()
                raise
            orphan.close()
        with self._short_transaction():
            self._take_back_dead_claims()

    def _replay(self, orphan):
        """Write down what the journal of a dead lane knows of its claim."""
        rows = self._claimed_by(orphan.name)
        self._settle([(row, orphan.outcome(row["trace_id"])) for row in rows])
        self._release_connections(orphan.name)

    def _take_back_dead_claims(self):
        """Recipients whose lane and journal are lost: they may have got the mail, so they are not sent again.

        Who has opened it has got it, and whose mail came back has not.
        """
        self.env.cr.execute(
            """
            WITH dead AS (
                DELETE FROM mailing_queue WHERE id IN (
                    SELECT id FROM mailing_queue
                    WHERE claimed_by IS NOT NULL AND lease_until < now() AT TIME ZONE 'UTC'
                    FOR UPDATE SKIP LOCKED
                ) RETURNING trace_id, attempt_count
            )
            UPDATE mailing_trace t SET attempt_count = dead.attempt_count,
                sent_datetime = CASE WHEN t.trace_status IN ('open', 'reply') THEN t.open_datetime END,
                delivery_state = CASE WHEN t.trace_status IN ('open', 'reply') THEN 'sent'
                    WHEN t.trace_status IN ('bounce', 'error') THEN 'failed' ELSE 'in_doubt' END,
                trace_status = CASE WHEN t.trace_status IN ('open', 'reply', 'bounce', 'error')
                    THEN t.trace_status ELSE 'pending' END
            FROM dead WHERE t.id = dead.trace_id AND t.delivery_state = 'sending'
            """
        )
