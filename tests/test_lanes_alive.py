"""Who is alive among the sender processes, and what the crons do meanwhile."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestLanesAlive(BulkCase):
    def setUp(self):
        super().setUp()
        self.lanes = self.env["mailing.lane"]

    def run_cron(self):
        """Run the first lane's cron."""
        with self.enter_registry_test_mode():
            self.env.ref("bulk_mailing.ir_cron_lane_0").method_direct_trigger()
        self.env.invalidate_all()

    def let_beats_expire(self):
        self.env.cr.execute("UPDATE mailing_lane SET alive_until = alive_until - interval '31 seconds'")

    def test_ranks(self):
        """Lanes of all hosts are numbered through; the dead are forgotten."""
        self.lanes._beat(["one:0", "one:1"])
        self.lanes._beat(["two:0"])
        self.assertEqual([self.lanes._rank(name) for name in ("one:0", "one:1", "two:0")], [(0, 3), (1, 3), (2, 3)])
        self.let_beats_expire()
        self.lanes._beat(["two:0"])
        self.assertEqual(self.lanes._rank("two:0"), (0, 1))
        self.assertEqual(self.lanes.search_count([]), 1)

    def test_late_beat(self):
        """A lane whose beat is late counts itself, so that all lanes together keep within the settings."""
        self.lanes._beat(["one:0"])
        self.assertEqual(self.lanes._rank("late:0"), (1, 2))

    def test_crons_step_aside(self):
        """While a sender process lives, the crons send nothing, but look after it as long as a mailing is under way."""
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.lanes._beat(["one:0"])
        triggers = self.env["ir.cron.trigger"].search([])
        self.run_cron()
        self.assertSummary(self.delivery_summary(mailing), queued=1)
        self.assertEqual(len(self.env["ir.cron.trigger"].search([]) - triggers), 1)
        self.let_beats_expire()
        self.run_cron()
        self.assertSummary(self.delivery_summary(mailing), accepted=1, sent=1)

    def test_clean_end(self):
        """A sender process that ends leaves no row behind, and has the crons go on."""
        self.lanes._beat(["one:0"])
        with patch.object(type(self.env["mailing.queue"]), "_trigger_lanes") as trigger:
            self.lanes._end(["one:0"])
        trigger.assert_called_once()
        self.assertFalse(self.lanes._sender_is_alive())

    def test_seconds_until_due(self):
        """A sender process knows how long it may wait."""
        self.assertIsNone(self.env["mailing.queue"]._seconds_until_due())
        self.make_contacts("ann@example.org")
        self.enqueue(self.make_mailing())
        self.assertEqual(self.env["mailing.queue"]._seconds_until_due(), 0)
        self.env.cr.execute(
            "UPDATE mailing_queue SET next_attempt_at = now() AT TIME ZONE 'UTC' + interval '5 minutes'"
        )
        self.assertAlmostEqual(self.env["mailing.queue"]._seconds_until_due(), 270, delta=30)
