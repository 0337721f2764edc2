"""A lane that waits because of a limit: it sleeps, and news wakes it."""

from unittest.mock import patch

from odoo.tests import tagged

from .pace_case import PaceCase


@tagged("post_install", "-at_install")
class TestPaceWaiting(PaceCase):
    def setUp(self):
        super().setUp()
        self.slow = self.depart("slow", 30, rate_per_minute=60)

    def depart(self, name, count, **values):
        """A mailing to so many readers of its own, enqueued."""
        readers = self.env["mailing.list"].create({"name": name})
        self.make_contacts(*(f"{name}{number}@example.org" for number in range(count)), mailing_list=readers)
        mailing = self.make_mailing(contact_list_ids=[(6, 0, readers.ids)], **values)
        self.enqueue(mailing)
        return mailing

    def sleep_of_lane(self, news=None, number=0, lanes=1):
        """Run a lane until it sleeps for the second time, with news in the first time; for how long it wanted to."""
        slept = []

        def sleep(seconds):
            slept.append(seconds)
            if news and len(slept) == 1:
                news()

        options = {"waits": True, "sleep": sleep, "is_stopped": lambda: len(slept) > bool(news)}
        self.queue._run_lane(600, number, lanes, **options)
        return slept

    def sent(self, mailing):
        """How many have got it."""
        return self.delivery_summary(mailing)["sent"]

    def test_sleeps_until_somebody_is_due(self):
        """A lane asks once for what a limit allows, and sleeps until more may go."""
        with patch.object(type(self.queue), "_grant", autospec=True, side_effect=type(self.queue)._grant) as grant:
            [seconds] = self.sleep_of_lane()
        self.assertEqual((grant.call_count, self.sent(self.slow)), (1, 5))
        self.assertTrue(1 < seconds < 6, seconds)

    def test_news(self):
        """A mailing that is resumed while a lane sleeps goes at once."""
        paused = self.depart("paused", 3)
        paused.action_pause()
        self.sleep_of_lane(news=paused.action_resume)
        self.assertEqual((self.sent(paused), self.sent(self.slow)), (3, 5))

    def test_done_behind_a_large_one(self):
        """A small mailing is done as soon as its last mail has gone, whatever else the lane has to wait for."""
        small, states = self.depart("small", 3), []
        self.sleep_of_lane(news=lambda: states.append(small.state))
        self.assertEqual(states, ["done"])

    def test_lane_without_connection(self):
        """Where there are more lanes than SMTP threads, the others sleep to the end of their slice."""
        self.limit_connections(maximum=10, threads=1)
        [seconds] = self.sleep_of_lane(number=1, lanes=2)
        self.assertEqual(self.sent(self.slow), 0)
        self.assertGreater(seconds, 500)
