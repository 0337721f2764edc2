"""A pause holds at once, and takes nothing back that is final."""

from odoo.tests import tagged

from ..adapters.smtp import Outcome
from ..core.replies import Stage, Verdict
from ..core.text import Text
from ..models.mailing_queue.lane import Lane
from .common import BulkCase

SILENT = Text("It is silent.")


@tagged("post_install", "-at_install")
class TestEnginePauses(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org", "bob@example.org", "cas@example.org")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        [self.stream] = self.env["mailing.queue"]._streams()

    def lane_with_result(self, verdict):
        """A lane that knows what became of one recipient, and has not written it down."""
        lane = Lane(self.env["mailing.queue"].sudo(), "a lane")
        [row] = self.env["mailing.queue"]._claim(self.stream, "a lane", 1)
        lane.results.claim([row])
        lane.results.keep([Outcome(row["trace_id"], verdict, Stage.DOT, reason=SILENT)])
        return lane

    def test_nobody_is_claimed_after_a_pause(self):
        """What a result pauses is not claimed by the same lane in the same breath."""
        lane = self.lane_with_result(Verdict.SERVER_TROUBLE)
        lane.results.write_down()
        self.assertFalse(self.env["mailing.queue"]._claim(self.stream, "a lane", 10))
        self.assertSummary(self.delivery_summary(self.mailing), queued=3)

    def test_silence_after_the_dot_pauses(self):
        """A server that takes a mail and does not answer leaves one in doubt, and gets no more."""
        self.lane_with_result(Verdict.IN_DOUBT).results.write_down()
        self.env.invalidate_all()
        self.assertEqual((self.mailing.flight_state, self.mailing.flight_reason), ("paused", "It is silent."))
        self.assertSummary(self.delivery_summary(self.mailing), queued=2, in_doubt=1)

    def test_stopped_stays_stopped(self):
        """Trouble that is written down when somebody has just stopped the mailing does not make a pause of it."""
        lane = self.lane_with_result(Verdict.SERVER_TROUBLE)
        self.assertEqual(self.mailing.flight_state, "running")  # what this lane still believes
        self.env.flush_all()
        self.env.cr.execute("UPDATE mailing_mailing SET flight_state = 'stopped' WHERE id = %s", [self.mailing.id])
        lane.results.write_down()
        self.env.invalidate_all()
        self.assertEqual(self.mailing.flight_state, "stopped")

    def test_who_opened_is_not_retried(self):
        """Who has opened a mail that is said to have failed gets it no second time."""
        for row in self.env["mailing.queue"]._claim(self.stream, "a lane", 10):
            self.env["mailing.queue"]._settle([(row, Outcome(row["trace_id"], Verdict.FAILED, Stage.DOT))])
        self.env.invalidate_all()
        self.trace("ann@example.org").set_opened()
        self.mailing.state = "done"
        self.mailing.action_retry_failed()
        self.run_lane()
        self.assertEqual(sorted(self.server.addresses()), ["bob@example.org", "cas@example.org"])
