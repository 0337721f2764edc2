"""What goes wrong inside a lane, or around it, and must neither mail twice nor stand still."""

import contextlib
import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import config

from ..adapters.journal import Journal
from ..adapters.smtp import Outcome, line
from ..adapters.smtp.wire import Wire
from ..core.replies import SmtpReply, Stage, Verdict
from ..core.text import Text
from ..models.mailing_queue.results import Results
from .common import BulkCase

EMAILS = ("ann@example.org", "bob@example.org", "cas@example.org")


@tagged("post_install", "-at_install")
class TestEngineMishaps(BulkCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.startPatcher(patch.object(type(self.env["mailing.queue"]), "_journal_folder", lambda _self: self.folder))
        self.make_contacts(*EMAILS)
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.queue = self.env["mailing.queue"]

    def claim(self, lane):
        """A lane claims everybody."""
        [stream] = self.queue._streams()
        return self.queue._claim(stream, lane, 10)

    def states(self):
        """State and attempts of each."""
        self.env.invalidate_all()
        return [(self.trace(email).delivery_state, self.trace(email).attempt_count) for email in EMAILS]

    def triggers(self, number):
        """When the cron of a lane comes back."""
        return self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref(f"bulk_mailing.ir_cron_lane_{number}").id)]
        )

    def test_lane_without_connection(self):
        """A lane for which there is no connection does not come back at once, again and again."""
        self.limit_connections(100, 1)
        self.startPatcher(patch.dict(config.options, {"max_cron_threads": 8}))
        self.triggers(3).unlink()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0):
            self.queue.sudo()._cron_run_lane(3)
        self.assertFalse(self.triggers(3).filtered(lambda trigger: trigger.call_at <= fields.Datetime.now()))

    def test_deadlock(self):
        """A lane that the database set back comes back soon."""
        self.triggers(0).unlink()
        with patch.object(type(self.queue), "_run_lane", side_effect=psycopg2.errors.DeadlockDetected()):
            self.queue.sudo()._cron_run_lane(0)
        self.assertTrue(self.triggers(0))

    def test_settled_twice(self):
        """Writing the same results down again takes nothing from another lane."""
        results = [(row, Outcome(row["trace_id"], Verdict.UNTOUCHED)) for row in self.claim("host:1:a")]
        self.queue._settle(results)
        self.claim("host:2:b")
        self.queue._settle(results)
        self.env.invalidate_all()
        self.assertEqual(self.queue.search([]).mapped("claimed_by"), ["host:2:b"] * 3)

    def test_interrupted_with_results_in_hand(self):
        """What was accepted when a lane is interrupted is known from its journal, and not sent again."""
        keep, calls = Results.keep, []

        def interrupted(results, outcomes):
            outcomes = list(outcomes)
            if outcomes and not calls:
                calls.append(1)
                raise MemoryError
            keep(results, outcomes)

        with patch.object(Results, "keep", interrupted):
            # assertRaises would roll back what the lane leaves behind
            with contextlib.suppress(MemoryError):
                self.run_lane()
        self.env.invalidate_all()
        self.run_lane()
        self.assertEqual(sorted(self.server.addresses()), sorted(EMAILS))

    def test_empty_journal(self):
        """A journal that a loss of power has emptied lets nobody be mailed again."""
        journal = Journal(self.folder, "host:1:dead")
        for row in self.claim("host:1:dead"):
            journal.handing_over(row["trace_id"])
            journal.answered(Outcome(row["trace_id"], Verdict.SENT, Stage.DOT, SmtpReply(250, "2.0.0", "OK")))
        journal.leave()
        with next(self.folder.iterdir()).open("r+b") as file:
            file.truncate(0)  # what a reset machine leaves of data that no fsync has seen
        self.run_lane()
        self.assertEqual(self.server.addresses(), [])

    def test_damaged_journal(self):
        """A journal that nobody can read stops no lane."""
        self.claim("host:1:dead")
        (self.folder / "host:1:dead.journal").write_bytes(b"\0\0\0\0\n12\n")
        self.run_lane()

    def test_claim_after_pause(self):
        """Nobody is claimed of a mailing that was paused a moment ago."""
        [stream] = self.queue._streams()
        self.env.flush_all()
        self.mailing._pause_because(Text("trouble"))
        self.assertEqual(len(self.queue._claim(stream, "x", 10)), 0)

    def test_silent_server(self):
        """A server that never answers pauses the mailing."""
        self.server.on("MAIL").delay(600)
        finish = Wire.finish
        self.startPatcher(patch.object(Wire, "finish", lambda wire, seconds=60: finish(wire, 6)))
        self.startPatcher(patch.object(line, "PATIENCE_SECONDS", 6))  # the same proportions: slice 1, patience 6
        for _number in range(4):
            self.run_lane(seconds=1)
        self.assertNotEqual((self.states(), self.mailing.flight_state), ([("queued", 0)] * 3, "running"))

    def test_connections_of_the_dead(self):
        """The connections of a dead lane are free again with its replay."""
        provider = self.env["mailing.provider.limit"].create({"name": "P", "domains": "p.example", "connections": 1})
        self.env["mailing.pace.connection"]._lease(provider.id, "host:1:dead", 1)
        Journal(self.folder, "host:1:dead").leave()
        self.run_lane()
        self.assertEqual(self.env["mailing.pace.connection"]._of_others(provider.id, "other"), 0)

    def test_opened_after_all(self):
        """Who opened a mail that was refused keeps that, also when the failed are tried again."""
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 no")
        self.run_lane()
        trace = self.trace(EMAILS[0])
        trace.set_opened()
        self.env.flush_all()
        self.mailing.action_retry_failed()
        self.env.invalidate_all()
        self.assertEqual(trace.trace_status, "open")
