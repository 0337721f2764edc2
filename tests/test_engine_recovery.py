"""What a lane that died left behind, as the next lane finds it; the deaths themselves are in tests/failures."""

import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ..adapters.journal import Journal
from ..adapters.smtp import Outcome
from ..core.replies import SmtpReply, Stage, Verdict
from .common import BulkCase

EMAILS = ("ann@example.org", "bob@example.org", "cas@example.org")


@tagged("post_install", "-at_install")
class TestRecovery(BulkCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        queue = type(self.env["mailing.queue"])
        self.startPatcher(patch.object(queue, "_journal_folder", lambda _self: self.folder))
        self.make_contacts(*EMAILS)
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)

    def claim(self, lane="host:1:dead"):
        """A lane claims everybody; the claimed rows by address."""
        queue = self.env["mailing.queue"]
        [stream] = queue._streams()
        rows = queue._claim(stream, lane, 10)
        return {row["email"]: row for row in rows}

    def states(self):
        """The delivery state of each address."""
        self.env.invalidate_all()
        return [self.trace(email).delivery_state for email in EMAILS]

    def test_journal_is_replayed(self):
        """Answered is settled as answered, handed over is in doubt, and what was not begun goes once."""
        rows = self.claim()
        journal = Journal(self.folder, "host:1:dead")
        for email in EMAILS[:2]:
            journal.handing_over(rows[email]["trace_id"])
        reply = SmtpReply(250, "2.0.0", "OK queued as 7")
        journal.answered(Outcome(rows[EMAILS[0]]["trace_id"], Verdict.SENT, Stage.DOT, reply))
        journal.leave()
        self.run_lane()
        self.assertEqual(self.states(), ["sent", "in_doubt", "sent"])
        self.assertEqual(self.server.addresses(), [EMAILS[2]])
        self.assertEqual(self.trace(EMAILS[0]).smtp_reply, "250 2.0.0 OK queued as 7")
        self.assertEqual(self.trace(EMAILS[2]).attempt_count, 1)
        self.assertEqual(self.mailing.state, "done")
        self.assertFalse(list(self.folder.iterdir()))

    def test_refused_before_the_death(self):
        """A refusal that only the journal knows is a failure with the server's words."""
        rows = self.claim()
        journal = Journal(self.folder, "host:1:dead")
        reply = SmtpReply(550, "5.1.1", "No such user")
        journal.answered(Outcome(rows[EMAILS[0]]["trace_id"], Verdict.FAILED, Stage.RCPT, reply))
        journal.leave()
        self.run_lane()
        self.assertEqual(self.states(), ["failed", "sent", "sent"])
        self.assertIn("No such user", self.trace(EMAILS[0]).failure_reason)

    def test_lane_at_work_is_left_alone(self):
        """What a living lane has claimed is its own."""
        self.claim("host:1:alive")
        journal = Journal(self.folder, "host:1:alive")
        self.run_lane()
        self.assertEqual(self.states(), ["sending"] * 3)
        journal.close()

    def test_journal_is_lost(self):
        """Without a journal the whole claim is in doubt, and only when its lease is over."""
        self.claim()
        self.run_lane()
        self.assertEqual(self.states(), ["sending"] * 3)
        self.env.cr.execute("UPDATE mailing_queue SET lease_until = now() AT TIME ZONE 'UTC' - interval '1 second'")
        self.run_lane()
        self.assertEqual(self.states(), ["in_doubt"] * 3)
        self.assertFalse(self.server.messages)

    def test_nothing_is_left_after_a_slice(self):
        """A slice that ended well leaves no journal."""
        self.run_lane()
        self.assertEqual(self.states(), ["sent"] * 3)
        self.assertFalse(list(self.folder.iterdir()))
