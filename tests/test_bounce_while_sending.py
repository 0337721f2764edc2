"""A report arrives before the lane has written down that the mail was accepted, which it does twice a second."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from ..adapters.smtp import Outcome
from ..core.replies import SmtpReply, Stage, Verdict
from .test_bounce_gateway import HARD, POLICY, SOFT, GatewayCase


@tagged("post_install", "-at_install")
class TestBounceWhileSending(GatewayCase):
    def setUp(self):
        super().setUp()
        # as it was a moment ago
        self.ann = self.trace("ann@example.org")
        self.ann.write({"delivery_state": "sending", "trace_status": "outgoing", "attempt_count": 0})
        self.claim = self.env["mailing.queue"].create(
            {
                "trace_id": self.ann.id,
                "mailing_id": self.mailing.id,
                "res_id": self.ann.res_id,
                "email": self.ann.email,
                "attempt_count": 1,
                "first_attempt_at": fields.Datetime.now(),
                "next_attempt_at": fields.Datetime.now(),
                "claimed_by": "lane",
                "lease_until": fields.Datetime.now() + timedelta(minutes=15),
            }
        )

    def settle(self):
        """The lane writes down what the server said to it."""
        self.env.flush_all()
        self.env["mailing.queue"]._write_sent([(self.claim.id, self.ann.id, "250 OK", 1)])
        self.env.invalidate_all()

    def end(self, verdict, reply=None):
        """The lane writes down what else became of it; how many have left the queue."""
        queue = self.env["mailing.queue"]
        self.env.flush_all()
        [row] = queue._claimed_by("lane")
        settled = queue._settle([(row, Outcome(self.ann.id, verdict, Stage.DOT, reply))])
        self.env.invalidate_all()
        return settled

    def let_lane_die(self):
        """Its lease is over."""
        self.claim.lease_until = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()

    def test_hard(self):
        """A bounce stays one, with its own words."""
        self.report(**HARD)
        self.assertEqual(self.state()[:3], ("sending", "bounce", "hard"))
        self.settle()
        self.assertEqual(self.state(), ("failed", "bounce", "hard", "userunknown"))
        self.assertIn("No such user", self.ann.smtp_reply)

    def test_policy(self):
        """A mail that was not wanted has not arrived."""
        self.report(**POLICY)
        self.settle()
        self.assertEqual(self.state(), ("failed", "error", "policy", "spamdetected"))

    def test_counts_once(self):
        """The same report again, when the lane has written, is the same event."""
        self.report(**HARD)
        self.settle()
        self.report(**HARD)
        self.assertEqual((self.address().hard_bounce_count, len(self.address().bounce_ids)), (1, 1))

    def test_goes_again(self):
        """What may pass waits for the lane, and is deferred then; Odoo tries such a transaction again."""
        with self.assertRaises(ConcurrencyError):
            self.report(**SOFT)
        self.settle()
        self.report(**SOFT)
        self.assertEqual(self.state()[:2], ("deferred", "outgoing"))

    def test_lane_died(self):
        """The report waits for what is known of that lane; whether it goes again is a person's decision."""
        self.let_lane_die()
        with self.assertRaises(ConcurrencyError):
            self.report(**SOFT)
        self.env["mailing.queue"]._take_back_dead_claims()
        self.env.invalidate_all()
        self.assertEqual(self.state()[:2], ("in_doubt", "pending"))
        self.report(**SOFT)
        self.assertEqual(self.state()[:3], ("failed", "error", "soft"))

    def test_lane_died_after_a_bounce(self):
        """There is no doubt about a mail that came back."""
        self.report(**HARD)
        self.let_lane_die()
        self.env["mailing.queue"]._take_back_dead_claims()
        self.env.invalidate_all()
        self.assertEqual(self.state()[:3], ("failed", "bounce", "hard"))

    def test_in_doubt(self):
        """The server never answered after the final dot, and its report was quicker: there is no doubt then."""
        self.report(**POLICY)
        self.assertEqual(self.end(Verdict.IN_DOUBT), 1)
        self.assertEqual(self.state(), ("failed", "error", "policy", "spamdetected"))
        self.assertIn("rejected as spam", self.ann.failure_reason)
        self.assertEqual((self.ann.failure_type, self.ann.smtp_reply), ("mail_bounce", self.ann.failure_reason))
        self.assertEqual((self.mailing.in_doubt_count, self.mailing.undelivered_count), (0, 1))
        self.mailing.action_resend_in_doubt()
        self.assertEqual((self.run_lane(), self.ann.attempt_count), (0, 1))
        self.assertEqual([event.source for event in self.address().bounce_ids], ["report"])

    def test_in_doubt_for_good(self):
        """The same where the address does not exist: Odoo's statistics keep the bounce."""
        self.report(**HARD)
        self.end(Verdict.IN_DOUBT)
        self.assertEqual(self.state(), ("failed", "bounce", "hard", "userunknown"))
        self.assertEqual((self.mailing.in_doubt_count, self.mailing.bounced), (0, 1))

    def test_given_up(self):
        """The same where the server put it off for the last time: it is no mail that was merely waited for."""
        self.report(**HARD)
        self.claim.first_attempt_at = fields.Datetime.now() - timedelta(days=4)
        self.assertEqual(self.end(Verdict.DEFERRED, SmtpReply(451, "4.3.0", "Try again later")), 1)
        self.assertEqual(self.state(), ("failed", "bounce", "hard", "userunknown"))

    def assert_goes_no_more(self, settled, attempts):
        """Nobody waits, so that the mailing can end."""
        self.assertEqual((settled, self.ann.attempt_count), (1, attempts))
        self.assertEqual(self.state(), ("failed", "bounce", "hard", "userunknown"))
        self.assertFalse(self.claim.exists())
        self.assertEqual((self.mailing.deferred_count, self.mailing.undelivered_count), (0, 1))
        self.assertEqual(self.run_lane(), 0)

    def test_deferred(self):
        """The server asks for another attempt, and reports meanwhile that there is nobody: there is no other."""
        self.report(**HARD)
        self.assert_goes_no_more(self.end(Verdict.DEFERRED, SmtpReply(451, "4.3.0", "Try again later")), attempts=1)

    def test_not_begun(self):
        """What came back of an earlier attempt keeps the next one from going, where that had not begun."""
        self.claim.attempt_count = 2
        self.ann.attempt_count = 1
        self.report(**HARD)
        self.assert_goes_no_more(self.end(Verdict.UNTOUCHED), attempts=1)
