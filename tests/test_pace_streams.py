"""Which streams there are: found in the index, however many recipients wait."""

from odoo.tests import tagged
from odoo.tools import SQL

from .pace_case import PaceCase


@tagged("post_install", "-at_install")
class TestPaceStreams(PaceCase):
    def test_index_only(self):
        """The first of each stream is looked up in the index; the queue itself is never read through."""
        self.fly(1, self.provider)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")  # a table of one row is read through in any case
        plan = self.env.execute_query(SQL("EXPLAIN %s", self.queue._streams_query()))
        lines = [line for [line] in plan if "Scan" in line and "mailing_queue" in line]
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertIn("Index Only Scan using mailing_queue_due_idx", line)

    def test_one_for_each_provider(self):
        """A mailing has a stream at each provider where somebody waits, and one for those of nobody."""
        mailing = self.fly(3, self.provider)
        first, second, _third = self.rows(mailing)
        first.provider_id = False
        second.provider_id = self.env.ref("bulk_mailing.provider_others")
        streams = {stream.provider_id for stream in self.queue._streams() if stream.mailing_id == mailing.id}
        self.assertEqual(streams, {None, second.provider_id.id, self.provider.id})

    def test_only_who_waits(self):
        """Nothing of a mailing that is paused, and nothing of whom a lane has."""
        paused, claimed = self.fly(1), self.fly(1)
        paused.action_pause()
        self.rows(claimed).claimed_by = "lane"
        self.assertFalse([s for s in self.queue._streams() if s.mailing_id in (paused.id, claimed.id)])

    def test_later_ones_come_last(self):
        """Who is due later stands behind who is due, in the order of the moments."""
        later, soon, now = self.fly(1), self.fly(1), self.fly(1)
        self.rows(later).next_attempt_at = "2999-01-01"
        self.rows(soon).next_attempt_at = "2998-01-01"
        order = [stream.mailing_id for stream in self.queue._streams()]
        self.assertEqual(order, [now.id, soon.id, later.id])
