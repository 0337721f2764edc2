"""Who runs the lanes: one `ir.cron` record a lane, a slice at a time."""

import logging
from datetime import timedelta

from odoo import fields, models, modules
from odoo.tools import SQL, config

from .lane import Lane
from .lanes import MOST_LANES

_logger = logging.getLogger(__name__)

SLICE_SECONDS = 10
LOOK_AFTER_SENDER = timedelta(minutes=1)
LANE_CRONS = tuple(f"bulk_mailing.ir_cron_lane_{number}" for number in range(MOST_LANES))


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _run_lane(self, seconds=None, number=0, lanes=1):
        """Send until nothing is due, or for so many seconds; returns how many recipients were settled."""
        if not self._may_leave_this_database():
            return 0
        return Lane(self.sudo(), seconds, number, lanes).run()

    def _may_leave_this_database(self):
        """A neutralised copy of a database sends nothing, nor does a registry that is being built."""
        if self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"):
            _logger.warning("This database is neutralized: no mail leaves it")
            return False
        return bool(modules.module.current_test) or not self.env["ir.mail_server"]._disable_send()

    def _cron_run_lane(self, number):
        """A slice of one lane, for its cron; comes back at once while work is left."""
        lanes = self._lanes_in_use()
        if number >= lanes or self._sender_does_it(number):
            return
        settled = self._run_lane(SLICE_SECONDS, number, lanes)
        # Remaining 0: Odoo would otherwise run slice after slice and let its other jobs wait
        self.env["ir.cron"]._commit_progress(settled, remaining=0)
        self._trigger_next(self.env.ref(LANE_CRONS[number]))

    def _sender_does_it(self, number):
        """Whether a sender process is at work; as long as there is any, the cron looks whether that one still lives."""
        if not self.env["mailing.lane"]._sender_is_alive():
            return False
        cron, look_at = self.env.ref(LANE_CRONS[number]), fields.Datetime.now() + LOOK_AFTER_SENDER
        if self._mailings_in_flight() and not self._is_triggered(cron, look_at):
            cron._trigger(at=look_at)
        return True

    def _lanes_in_use(self, wanted=None):
        """As many as are wanted, but one less than Odoo has threads for its jobs, so that the other jobs live."""
        return max(1, min(wanted or self._lanes_wanted(), config["max_cron_threads"] - 1))

    def _trigger_lanes(self):
        """Begin soon."""
        for xmlid in LANE_CRONS[: self._lanes_in_use()]:
            self.env.ref(xmlid).sudo()._trigger()
        self.env.cr.execute("NOTIFY bulk_mailing")  # reaches the sender processes with the commit

    def _trigger_next(self, cron):
        """Come back when the next recipient is due."""
        due_at, is_due = self._next_due()
        if is_due:
            cron._trigger()
        elif due_at and not self._is_triggered(cron, due_at):
            cron._trigger(at=due_at)

    def _seconds_until_due(self):
        """Seconds until the next recipient is due, by the database's clock; None when nobody waits."""
        due_at, is_due = self._next_due()
        if is_due or not due_at:
            return 0 if is_due else None
        [[seconds]] = self.env.execute_query(SQL("SELECT extract(epoch FROM %s - now() AT TIME ZONE 'UTC')", due_at))
        return float(seconds)

    def _next_due(self):
        """When the next recipient of a running mailing is due, and whether that is now."""
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT min(due.at), COALESCE(min(due.at) <= now() AT TIME ZONE 'UTC', FALSE)
                FROM mailing_mailing m, LATERAL (
                    SELECT GREATEST(q.next_attempt_at, m.undo_until) AS at FROM mailing_queue q
                    WHERE q.mailing_id = m.id AND q.claimed_by IS NULL ORDER BY q.next_attempt_at LIMIT 1
                ) due
                WHERE m.flight_state = 'running'
                """
            )
        )
        return row

    def _is_triggered(self, cron, due_at):
        return bool(
            self.env["ir.cron.trigger"]
            .sudo()
            .search_count([("cron_id", "=", cron.id), ("call_at", "<=", due_at)], limit=1)
        )

    def _mailings_in_flight(self):
        """The mailings that have departed and are not done, whether anybody waits or not; paused ones wait."""
        mailings = self.env["mailing.mailing"].with_context(active_test=False)
        return mailings.search([("state", "=", "sending"), ("flight_state", "in", ("running", "stopped"))])

    def _mailings_at_work(self):
        """The running mailings with somebody due, the oldest departure first."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id FROM mailing_mailing m
                WHERE m.flight_state = 'running' AND COALESCE(m.undo_until <= now() AT TIME ZONE 'UTC', TRUE)
                  AND EXISTS (
                    SELECT FROM mailing_queue q WHERE q.mailing_id = m.id AND q.claimed_by IS NULL
                      AND q.next_attempt_at <= now() AT TIME ZONE 'UTC')
                ORDER BY m.id
                """
            )
        )
        return self.env["mailing.mailing"].browse(mailing_id for [mailing_id] in rows)
