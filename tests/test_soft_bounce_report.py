"""A mail server takes a mail, and reports later that it could not deliver it."""

import re
from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import BulkCase
from .delivery_reports import delivery_report


@tagged("post_install", "-at_install")
class TestSoftBounceReport(BulkCase):
    def setUp(self):
        super().setUp()
        self.send_to("ann@example.org", "bob@example.org")
        self.mail = next(mail for mail in self.server.messages if mail.recipients == ("ann@example.org",))

    def report(self, **values):
        """Let a report come in through the gateway."""
        raw = delivery_report(self.mail, **values)
        self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, raw)
        self.env.invalidate_all()

    def states(self):
        ann = self.trace("ann@example.org")
        return ann.delivery_state, ann.trace_status, self.mailing.state, self.mailing.flight_state

    def let_pass(self, **time):
        """Move the first attempt into the past."""
        self.trace("ann@example.org").sent_datetime = fields.Datetime.now() - timedelta(**time)
        self.env.flush_all()

    def soft_bounces(self, email="ann@example.org"):
        address = self.env["mailing.address"].search([("email", "=", email)])
        return address.soft_bounce_count, address.hard_bounce_count

    def test_goes_again(self):
        """The same message goes again by the schedule, with the same Message-ID, and the mailing ends once more."""
        self.assertEqual(self.mailing.state, "done")
        self.report()
        self.assertEqual(self.states(), ("deferred", "outgoing", "sending", "running"))
        self.assertEqual(self.trace("ann@example.org").smtp_reply, "452 4.2.2 Mailbox full")
        self.assertEqual(self.run_lane(), 0)  # not yet
        self.make_due(self.mailing)
        self.run_lane()
        self.assertEqual(self.states(), ("sent", "sent", "done", False))
        again = self.server.messages[-1]
        self.assertEqual(self.server.addresses(), ["ann@example.org", "ann@example.org", "bob@example.org"])
        self.assertEqual(again.message["Message-ID"], self.mail.message["Message-ID"])
        self.assertEqual(self.trace("ann@example.org").attempt_count, 2)
        self.assertEqual(self.soft_bounces(), (0, 0))

    def test_waits_as_long_as_the_schedule_says(self):
        """The first wait is about 5 minutes, in the line of the address's provider."""
        self.report(status="5.2.2", only_headers=True)
        [row] = self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)])
        wait = row.next_attempt_at - fields.Datetime.now()
        self.assertTrue(timedelta(minutes=3) < wait < timedelta(minutes=7), wait)
        self.assertEqual(row.first_attempt_at, self.trace("ann@example.org").first_attempt_at)
        self.assertEqual(row.provider_id, self.env["mailing.provider.limit"]._of_everybody_else())

    def test_three_days_after_the_first_attempt(self):
        """It ends after three days with one soft bounce of the address, and none that stock would count."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.let_pass(days=2)
        self.report()
        self.make_due(self.mailing)
        self.run_lane()
        self.env.cr.execute(
            "UPDATE mailing_trace SET first_attempt_at = first_attempt_at - interval '1 day',"
            " last_attempt_after = last_attempt_after - interval '1 day'"
        )
        self.report()
        trace = self.trace("ann@example.org")
        self.assertEqual(self.states(), ("failed", "error", "done", False))
        self.assertEqual((trace.bounce_severity, self.soft_bounces()), ("soft", (1, 0)))
        self.assertIn("Not deliverable for 3 days. 452 4.2.2 Mailbox full", trace.failure_reason)
        self.assertEqual(partner.message_bounce, 0)

    def test_the_same_report_twice(self):
        """A second report of the same attempt changes nothing."""
        self.report()
        [row] = self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)])
        before = row.next_attempt_at
        self.report()
        self.assertEqual(row.next_attempt_at, before)

    def send_again(self):
        """Let it come back, and the second attempt be accepted."""
        self.report()
        self.make_due(self.mailing)
        self.run_lane()

    def test_late_report_of_an_earlier_attempt(self):
        """Another report of the first attempt, when the second was accepted: that one may have arrived."""
        self.send_again()
        self.report()
        self.report(only_headers=True)
        self.assertEqual(self.states(), ("sent", "sent", "done", False))
        self.assertEqual((len(self.server.messages), self.soft_bounces()), (3, (0, 0)))

    def test_one_of_several_behind_an_address(self):
        """A full mailbox of somebody to whom that address is passed on: the others have got it, and get it once."""
        raw = delivery_report(self.mail).replace(b"rfc822; ann@example.org", b"rfc822; paul@example.org")
        self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, raw)
        self.env.invalidate_all()
        self.assertEqual(self.states(), ("failed", "error", "done", False))
        self.assertFalse(self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)]))
        self.assertEqual(self.soft_bounces(), (0, 0))

    def test_earlier_attempt_was_refused(self):
        """The first attempt is refused by policy, too, or for a cause that no attempt helps: the second has arrived."""
        self.send_again()
        self.report(status="5.7.1", diagnostic="smtp; 550 5.7.1 Message rejected as spam")
        self.report(status="5.3.4", diagnostic="smtp; 552 5.3.4 Message too big")
        self.assertEqual((self.states(), self.soft_bounces()), (("sent", "sent", "done", False), (0, 0)))

    def test_refused_while_the_next_attempt_waits(self):
        """What is said of the first attempt does not take the second out of the queue; that there is nobody does."""
        self.report()
        self.report(status="5.7.1", diagnostic="smtp; 550 5.7.1 Message rejected as spam")
        self.assertEqual(self.states(), ("deferred", "outgoing", "sending", "running"))
        self.report(status="5.1.1", diagnostic="smtp; 550 5.1.1 No such user")
        self.assertEqual(self.states(), ("failed", "bounce", "done", False))

    def test_last_attempt_comes_back(self):
        """A report of the second attempt leads to a third."""
        self.send_again()
        self.env.cr.execute("UPDATE mailing_trace SET last_attempt_after = last_attempt_after - interval '1 day'")
        self.mail = self.server.messages[-1]
        self.report()
        self.assertEqual(self.states()[:3], ("deferred", "outgoing", "sending"))

    def test_any_attempt(self):
        """A report that brings no date back may be of either: it is counted, and nobody is mailed again for it."""
        self.send_again()
        self.mail = replace(self.mail, content=re.sub(rb"(?m)^Date: .*\r\n", b"", self.mail.content))
        self.report(only_headers=True)
        self.report(only_headers=True)
        self.assertEqual((self.states(), self.soft_bounces()), (("sent", "sent", "done", False), (1, 0)))

    def test_late_report_of_what_a_person_sent_again(self):
        """It was in doubt, somebody sent it again, and then the first attempt comes back."""
        self.trace("ann@example.org").write({"delivery_state": "in_doubt", "trace_status": "pending"})
        early = self.mail.content.replace(b"\r\nDate: ", b"\r\nDate: Mon, 02 Nov 2020 10:00:00 +0000\r\nX-Date: ")
        self.mail = replace(self.mail, content=early)
        self.mailing.action_resend_in_doubt()
        self.run_lane()
        self.report(only_headers=True)
        self.assertEqual(self.states(), ("sent", "sent", "done", False))

    def test_delayed(self):
        """A report of a delay changes nothing: that server goes on trying."""
        before = self.states()
        self.report(action="delayed", status="4.4.1")
        self.report(action="delivered", status="2.1.5")
        self.assertEqual(self.states(), before)
        self.assertEqual(before, ("sent", "sent", "done", False))

    def test_hard(self):
        """A hard bounce is stock's as ever."""
        self.report(status="5.1.1", diagnostic="smtp; 550 5.1.1 No such user")
        self.assertEqual(self.trace("ann@example.org").trace_status, "bounce")
        self.assertEqual(self.mailing.state, "done")

    def test_opened(self):
        """Who has opened it has got it, whatever a server says later."""
        self.trace("ann@example.org").set_opened()
        self.report()
        self.assertEqual(self.states()[:3], ("sent", "open", "done"))

    def test_stopped(self):
        """A mailing that a person has stopped mails nobody again."""
        self.mailing.write({"state": "sending", "flight_state": "running"})
        self.mailing.action_stop()
        self.report()
        self.assertEqual(self.states(), ("failed", "error", "done", "stopped"))
        self.assert_told_by_server_alone()

    def assert_told_by_server_alone(self):
        """Nobody has tried for days."""
        self.assertEqual(self.trace("ann@example.org").failure_reason, "452 4.2.2 Mailbox full")

    def test_paused(self):
        """A paused mailing stays paused, and sends it again when it goes on."""
        self.mailing.write({"state": "sending", "flight_state": "running"})
        self.mailing.action_pause()
        self.report()
        self.make_due(self.mailing)
        self.run_lane()
        self.assertEqual(self.states(), ("deferred", "outgoing", "sending", "paused"))
        self.mailing.action_resume()
        self.run_lane()
        self.assertEqual(self.states(), ("sent", "sent", "done", False))

    def test_in_doubt(self):
        """The report settles the doubt; that it goes again is still a person's decision."""
        self.trace("ann@example.org").write({"delivery_state": "in_doubt", "trace_status": "pending"})
        self.report()
        self.assertEqual(self.states(), ("failed", "error", "done", False))
        self.assert_told_by_server_alone()

    def test_classic(self):
        """A mail of Odoo's own queue is stock's."""
        trace = self.trace("ann@example.org")
        self.env.cr.execute("UPDATE mailing_trace SET delivery_state = NULL WHERE id = %s", [trace.id])
        self.env.invalidate_all()
        self.report()
        self.assertEqual(trace.trace_status, "bounce")
