"""Pause, resume, stop; claims of several lanes; and who leaves in the meantime."""

import contextlib
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..adapters.smtp import Outcome
from ..core.replies import SmtpReply, Stage, Verdict
from ..models.mailing_queue import lane
from .common import BulkCase


@tagged("post_install", "-at_install")
class TestFlight(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org", "bob@example.org", "cat@example.org")
        self.mailing = self.make_mailing()

    def enqueue_and_claim(self, count):
        """As if a lane had claimed so many and were still at it."""
        self.enqueue(self.mailing)
        [stream] = self.env["mailing.queue"]._streams()
        return self.env["mailing.queue"]._claim(stream, "other lane", count)

    def test_pause_and_resume(self):
        """A paused mailing hands out nobody; resumed it goes on."""
        self.enqueue(self.mailing)
        self.mailing.action_pause()
        self.assertEqual(self.run_lane(), 0)
        self.assertSummary(self.delivery_summary(self.mailing), queued=3)
        self.mailing.action_resume()
        self.assertEqual(self.run_lane(), 3)
        self.assertSummary(self.delivery_summary(self.mailing), accepted=3, sent=3)

    def test_stop(self):
        """C13: a stopped mailing is done; who did not get it is excluded as stopped, and accounted for."""
        self.enqueue(self.mailing)
        self.mailing.action_stop()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), excluded=3)
        self.assertEqual(self.excluded_reasons(self.mailing), {"bulk_stopped": 3})
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("done", "stopped"))

    def test_stop_lets_the_wire_finish(self):
        """What is claimed when somebody stops is settled by its lane."""
        self.enqueue_and_claim(1)
        self.mailing.action_stop()
        self.assertSummary(self.delivery_summary(self.mailing), sending=1, excluded=2)
        self.assertEqual(self.mailing.state, "sending")

    def test_stop_accounts_for_whom_a_lane_gives_back(self):
        """C13: who was claimed when somebody stopped, and came back untouched, is excluded; the mailing is done."""
        rows = self.enqueue_and_claim(2)
        self.mailing.action_stop()
        outcomes = [Outcome(row["trace_id"], Verdict.UNTOUCHED) for row in rows]
        self.env["mailing.queue"]._settle(list(zip(rows, outcomes, strict=True)))
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), excluded=3)
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("done", "stopped"))

    def test_done_though_its_lane_died(self):
        """A mailing whose lane died after the last recipient, and before it said so, is done by the next lane."""
        for row in self.enqueue_and_claim(3):
            self.env["mailing.queue"]._settle([(row, Outcome(row["trace_id"], Verdict.SENT, Stage.DOT))])
        self.run_lane()
        self.assertEqual(self.mailing.state, "done")

    def test_claimed_and_never_handed_out(self):
        """Whom an error keeps from the SMTP threads goes back to the queue: nothing was sent, nothing is in doubt."""
        self.enqueue(self.mailing)
        # assertRaises would roll back what the lane leaves behind
        with patch.object(lane, "parcels", side_effect=ValueError("a fault")), contextlib.suppress(ValueError):
            self.run_lane()
        self.env.invalidate_all()
        self.assertSummary(self.delivery_summary(self.mailing), queued=3)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=3, sent=3)

    def test_cancel_before_the_first(self):
        """C13: before anybody is claimed a mailing goes back to draft, as if it had not left."""
        self.enqueue(self.mailing)
        self.mailing.action_cancel()
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("draft", False))
        self.assertFalse(self.mailing.mailing_trace_ids)
        self.assertFalse(self.env["mailing.queue"].search_count([]))
        self.assertSummary(self.send(self.mailing), accepted=3, sent=3)

    def test_cancel_too_late(self):
        """C13: after the first claim it cannot be taken back."""
        self.enqueue_and_claim(1)
        with self.assertRaisesRegex(UserError, "stop"):
            self.mailing.action_cancel()

    def test_others_may_not(self):
        """C15: a requester neither pauses nor stops nor resumes."""
        requester = new_test_user(self.env, "req", groups="bulk_mailing.group_requester")
        self.enqueue(self.mailing)
        mailing = self.mailing.with_user(requester)
        for action in ("pause", "resume", "stop", "resend_in_doubt", "count_in_doubt_as_sent", "retry_failed"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(mailing, f"action_{action}")()
        with self.assertRaises(AccessError):
            mailing.write({"flight_state": "running"})

    def test_left_in_the_meantime(self):
        """Who unsubscribes or is blacklisted between enqueue and sending gets nothing."""
        self.enqueue(self.mailing)
        self.env["mail.blacklist"]._add("ann@example.org")
        bob = self.env["mailing.contact"].search([("email", "=", "bob@example.org")])
        bob.subscription_ids.opt_out = True
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, excluded=2)
        self.assertEqual(self.excluded_reasons(self.mailing), {"mail_bl": 1, "mail_optout": 1})
        self.assertEqual(self.mailing.state, "done")

    def test_dead_lane(self):
        """A claim whose lease is over is in doubt, and not sent again by itself."""
        rows = self.enqueue_and_claim(2)
        self.env.cr.execute(
            "UPDATE mailing_queue SET lease_until = now() - interval '1 day' WHERE trace_id = ANY(%s)",
            [[row["trace_id"] for row in rows]],
        )
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, in_doubt=2)
        self.assertEqual(self.mailing.state, "done")

    def test_dead_lane_and_opened(self):
        """Who opened the mail of a lane that died has got it: not in doubt."""
        rows = self.enqueue_and_claim(1)
        self.env["mailing.trace"].browse(rows[0]["trace_id"]).set_opened()
        self.env.flush_all()
        self.env.cr.execute("UPDATE mailing_queue SET lease_until = now() - interval '1 day' WHERE claimed_by <> ''")
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=3)

    def test_claims_are_disjoint(self):
        """What one lane has claimed the next does not get."""
        first = self.enqueue_and_claim(2)
        [stream] = self.env["mailing.queue"]._streams()
        second = self.env["mailing.queue"]._claim(stream, "second lane", 10)
        self.assertEqual((len(first), len(second)), (2, 1))
        self.assertFalse({row["trace_id"] for row in first} & {row["trace_id"] for row in second})

    def test_opened_before_it_is_written_down(self):
        """Who opens the mail before the lane has written it down stays opened."""
        rows = self.enqueue_and_claim(1)
        trace = self.env["mailing.trace"].browse(rows[0]["trace_id"])
        trace.set_opened()
        self.env.flush_all()
        outcome = Outcome(trace.id, Verdict.SENT, Stage.DOT, SmtpReply(250, "", "OK"))
        self.env["mailing.queue"]._settle([(rows[0], outcome)])
        self.env.invalidate_all()
        self.assertEqual((trace.trace_status, trace.delivery_state), ("open", "sent"))
        self.assertTrue(trace.sent_datetime)

    def test_time_is_over(self):
        """A slice ends in time: what was claimed and not begun goes back."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("MAIL").delay(0.4)
        self.enqueue(self.mailing)
        settled = self.run_lane(seconds=0.2)
        self.assertEqual(settled, 1)
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, queued=2)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=3, sent=3)

    def test_neutralised(self):
        """A neutralised copy of the database sends nothing."""
        self.enqueue(self.mailing)
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
        self.assertEqual(self.run_lane(), 0)
        self.assertSummary(self.delivery_summary(self.mailing), queued=3)

    def test_mailings_take_turns(self):
        """S13: a small mailing does not wait for the end of a large one."""
        self.limit_connections(maximum=1, threads=1)
        self.enqueue(self.mailing)
        self.make_contacts(*(f"reader{number}@example.org" for number in range(40)))
        large = self.make_mailing(subject="Large")
        self.enqueue(large)
        small = self.make_mailing(subject="Small", mailing_domain="[('email', '=', 'ann@example.org')]")
        self.enqueue(small)
        self.run_lane()
        subjects = [mail.message["Subject"] for mail in self.server.messages]
        self.assertEqual(len(subjects), 3 + 43 + 1)
        self.assertLess(subjects.index("Small"), 30)

    def test_blacklisted_in_the_other_spelling(self):
        """Who is blacklisted after the enqueue gets nothing, however the international domain is written there."""
        self.make_contacts("zoe@münchen.example", "max@xn--mnchen-3ya.example", "eva@münchen.example")
        self.enqueue(self.mailing)
        self.env["mail.blacklist"]._add("zoe@xn--mnchen-3ya.example")
        self.env["mail.blacklist"]._add("max@münchen.example")
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=4, sent=4, excluded=2)
        self.assertIn("eva@xn--mnchen-3ya.example", self.server.addresses())
        self.assertEqual(self.excluded_reasons(self.mailing), {"mail_bl": 2})

    def test_results_release_only_the_own_claim(self):
        """What a lane gives back or puts off a second time stays with the lane that has claimed it meanwhile."""
        rows = self.enqueue_and_claim(2)
        self.env.cr.execute("UPDATE mailing_queue SET claimed_by = 'third lane' WHERE claimed_by = 'other lane'")
        reply = SmtpReply(450, "4.2.0", "Later")
        outcomes = [
            Outcome(rows[0]["trace_id"], Verdict.UNTOUCHED),
            Outcome(rows[1]["trace_id"], Verdict.DEFERRED, Stage.RCPT, reply),
        ]
        self.env["mailing.queue"]._settle(list(zip(rows, outcomes, strict=True)))
        self.env.invalidate_all()
        claimed = self.env["mailing.queue"].search([("claimed_by", "=", "third lane")])
        self.assertEqual(claimed.mapped("attempt_count"), [1, 1])
        self.assertSummary(self.delivery_summary(self.mailing), sending=2, queued=1)

    def test_late_result_leaves_a_new_claim_alone(self):
        """A lane that comes back after its lease ran out settles its own row, not the one of who was sent to again."""
        rows = self.enqueue_and_claim(1)
        trace = self.env["mailing.trace"].browse(rows[0]["trace_id"])
        self.env["mailing.queue"].search([("claimed_by", "!=", False)]).lease_until = "2020-01-01"
        self.env.flush_all()
        self.env["mailing.queue"]._take_back_dead_claims()
        self.env.invalidate_all()
        self.mailing.action_resend_in_doubt()
        outcome = Outcome(trace.id, Verdict.DEFERRED, Stage.RCPT, SmtpReply(450, "4.2.0", "Later"))
        self.env["mailing.queue"]._settle([(rows[0], outcome)])
        self.env["mailing.queue"]._settle([(rows[0], Outcome(trace.id, Verdict.FAILED, Stage.RCPT))])
        self.env.invalidate_all()
        self.assertEqual(trace.delivery_state, "queued")
        self.assertEqual(len(self.env["mailing.queue"].search([("trace_id", "=", trace.id)])), 1)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=3, sent=3)
