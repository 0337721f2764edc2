"""Who runs the lanes: one `ir.cron` record a lane, a slice at a time."""

import logging
import os
import socket
import uuid
from datetime import timedelta

from odoo import fields, models, modules
from odoo.tools import SQL, config

from ...core.pacing.waiting import NEAR_SECONDS
from .lane import Lane

_logger = logging.getLogger(__name__)

SLICE_SECONDS = 10
LOOK_AFTER_SENDER = timedelta(minutes=1)


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _run_lane(self, seconds=None, number=0, lanes=1, **options):
        """Send until nothing is due, or for so many seconds; returns how many recipients were settled.

        `waits`: stay to the end of these seconds for what will be due in them. `is_stopped`: a function that says
        whether to end now. `sleep`: one that sleeps, until there is news at the longest.
        """
        if not self._may_leave_this_database():
            return 0
        name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        return Lane(self.sudo(), name, seconds, (number, lanes), **options).run()

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
        cron = self._lane_cron(number)
        try:
            settled = self._run_lane(SLICE_SECONDS, number, lanes, waits=True)
        except Exception:
            # Odoo would come back in an hour, and switches a job off that fails again and again
            _logger.exception("Lane %d failed; it begins again in a minute", number + 1)
            self._abandon_transaction()
            cron._trigger(at=fields.Datetime.now() + timedelta(minutes=1))
            return
        # Remaining 0: Odoo would otherwise run slice after slice and let its other jobs wait
        self.env["ir.cron"]._commit_progress(settled, remaining=0)
        self._trigger_next(cron)

    def _sender_does_it(self, number):
        """Whether a sender process is at work; as long as there is any, the cron looks whether that one still lives."""
        if not self.env["mailing.lane"]._sender_is_alive():
            return False
        cron, look_at = self._lane_cron(number), fields.Datetime.now() + LOOK_AFTER_SENDER
        if self._mailings_in_flight() and not self._is_triggered(cron, look_at):
            cron._trigger(at=look_at)
        return True

    def _lanes_in_use(self, wanted=None):
        """As many as are wanted and have a connection; one less than Odoo has threads, so that its other jobs live."""
        threads = max(self.env["res.company"].sudo().search([]).mapped("bulk_smtp_threads"))
        return max(1, min(wanted or self._lanes_wanted(), threads, config["max_cron_threads"] - 1))

    def _trigger_lanes(self):
        """Begin soon."""
        for number in range(self._lanes_in_use()):
            self._lane_cron(number).sudo()._trigger()
        self.env.cr.execute("NOTIFY bulk_mailing")  # reaches the sender processes with the commit

    def _trigger_next(self, cron):
        """Come back when the next recipient is due."""
        seconds = self._seconds_until_due()
        if seconds is None:
            seconds = self._seconds_of_leases()
        if seconds is None:
            return
        if seconds < NEAR_SECONDS:  # the cron's next look would be later than that
            cron._trigger()
        elif not self._is_triggered(cron, due_at := fields.Datetime.now() + timedelta(seconds=seconds + 1)):
            cron._trigger(at=due_at)

    def _seconds_until_due(self):
        """Until the next recipient may go; None when nobody waits."""
        return min((max(stream.wait_seconds, 0) for stream in self._streams()), default=None)

    def _seconds_of_leases(self):
        """Until the claims of a lane that may have died with its host can be taken back; None without claims."""
        query = SQL(
            """
            SELECT EXTRACT(EPOCH FROM min(lease_until) - now() AT TIME ZONE 'UTC')::float
            FROM mailing_queue WHERE claimed_by IS NOT NULL
            """
        )
        [[seconds]] = self.env.execute_query(query)
        return seconds and max(seconds, NEAR_SECONDS)

    def _is_triggered(self, cron, due_at):
        # those of the past go when this run ends, also the one that began it
        domain = [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now()), ("call_at", "<=", due_at)]
        return bool(self.env["ir.cron.trigger"].sudo().search_count(domain, limit=1))

    def _mailings_in_flight(self):
        """The mailings that have departed and are not done, whether anybody waits or not; paused ones wait."""
        mailings = self.env["mailing.mailing"].with_context(active_test=False)
        return mailings.search([("state", "=", "sending"), ("flight_state", "in", ("running", "stopped"))])
