"""The server refuses a recipient: later, for good, or for the time being."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestServerRefusesRecipient(BulkCase):
    def test_greylisted(self):
        """B4, B10: 4xx is a later attempt, with the same Message-ID; then it arrives, once."""
        self.server.on("RCPT", recipient="ann@", nth=1).reply("450 4.2.0 Greylisted, come back")
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, deferred=1)
        trace, queued = self.trace("ann@example.org"), self.env["mailing.queue"].search([])
        self.assertEqual((trace.smtp_reply, trace.trace_status), ("450 4.2.0 Greylisted, come back", "outgoing"))
        wait = queued.next_attempt_at - fields.Datetime.now()
        self.assertTrue(timedelta(minutes=3) < wait < timedelta(minutes=7), wait)
        self.assertEqual(self.run_lane(), 0, "nothing is due yet")
        self.assertEqual(self.mailing.state, "sending")
        self.make_due(self.mailing)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)
        self.assertEqual((trace.attempt_count, self.mailing.state), (2, "done"))
        self.assertEqual(self.server.messages[-1].message["Message-ID"], trace.message_id)

    def test_servers_own_time(self):
        """B10: a server that says when to come back is not bothered before."""
        self.server.on("RCPT").reply("451 4.7.1 Greylisted, try again in 20 minutes")
        self.assertSummary(self.send_to("ann@example.org"), deferred=1)
        wait = self.env["mailing.queue"].search([]).next_attempt_at - fields.Datetime.now()
        self.assertTrue(timedelta(minutes=19) < wait < timedelta(minutes=25), wait)

    def test_lane_comes_back_when_due(self):
        """A deferred recipient wakes its lane in time."""
        self.server.on("RCPT").reply("451 4.3.0 Later")
        self.make_contacts("ann@example.org")
        self.enqueue(self.make_mailing())
        cron = self.env.ref("bulk_mailing.ir_cron_lane_0")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        due_at = self.env["mailing.queue"].search([]).next_attempt_at
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now())]
        )
        self.assertEqual(len(triggers), 1)
        self.assertLess(abs(triggers.call_at - due_at).total_seconds(), 2)

    def try_again_after(self, days):
        """A mailbox is full, and as full so many days later."""
        self.server.on("RCPT", recipient="ann@").reply("452 4.2.2 Mailbox full")
        self.send_to("ann@example.org")
        self.env["mailing.queue"].search([]).write(
            {"next_attempt_at": "2020-01-01", "first_attempt_at": fields.Datetime.now() - timedelta(days=days)}
        )
        self.env.flush_all()
        self.run_lane()

    def test_longer_where_set(self):
        """The company's setting says how long."""
        self.env.company.bulk_give_up_days = 4
        self.try_again_after(days=3)
        self.assertSummary(self.delivery_summary(self.mailing), deferred=1)

    def test_given_up_after_three_days(self):
        """B11: after three days the recipient is failed, softly, with the server's words."""
        self.try_again_after(days=3)
        trace = self.trace("ann@example.org")
        self.assertSummary(self.delivery_summary(self.mailing), failed=1)
        self.assertEqual((trace.bounce_severity, trace.trace_status), ("soft", "error"))
        self.assertIn("Mailbox full", trace.failure_reason)
        self.assertIn("3 days", trace.failure_reason)

    def test_unknown_user(self):
        """B5: 550 5.1.1 is a hard bounce; the others of the connection are not touched."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 No such user here")
        summary = self.send_to("ann@example.org", "bob@example.org", "cat@example.org")
        self.assertSummary(summary, accepted=2, sent=2, failed=1, connections=1)
        trace = self.trace("ann@example.org")
        self.assertEqual(
            (trace.trace_status, trace.failure_type, trace.bounce_severity), ("bounce", "mail_bounce", "hard")
        )
        self.assertEqual(trace.failure_reason, "550 5.1.1 No such user here")
        self.assertEqual((self.mailing.state, self.mailing.bounced), ("done", 1))

    def test_message_refused(self):
        """5xx at the end of the message fails that recipient, and blames no address."""
        self.server.on("DOT", recipient="ann@").reply("554 5.7.1 Looks like spam")
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, failed=1)
        trace = self.trace("ann@example.org")
        self.assertEqual((trace.trace_status, trace.bounce_severity), ("error", "policy"))
        self.assertEqual(trace.failure_reason, "554 5.7.1 Looks like spam")

    def test_retry_failed(self):
        """Who failed can be tried again, and is mailed once."""
        self.server.on("RCPT", recipient="ann@", nth=1).reply("550 5.7.1 Not today")
        self.send_to("ann@example.org", "bob@example.org")
        self.mailing.action_retry_failed()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)

    def test_retry_after_deletion(self):
        """One of those who failed was deleted from the database since: the others are tried again."""
        for email in ("ann@", "bob@"):
            self.server.on("RCPT", recipient=email, nth=1).reply("550 5.7.1 Not today")
        self.send_to("ann@example.org", "bob@example.org")
        self.trace("ann@example.org")._addresses()._delete_everywhere()
        self.mailing.action_retry_failed()
        self.run_lane()
        self.assertEqual(self.server.addresses(), ["bob@example.org"])
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, failed=1)

    def test_local_part_with_letters(self):
        """An address that cannot be carried fails with a reason, and nobody else does."""
        summary = self.send_to("jürgen@example.org", "bob@example.org")
        self.assertEqual((summary["accepted"], summary["sent"], summary["failed"]), (1, 1, 1))
        self.assertTrue(self.trace("jürgen@example.org").failure_reason)
