"""Reports that come in through the mail gateway: on the recipient, on the address, and in the statistics."""

from odoo.tests import tagged

from .bounce_mails import complaint, garbage, read_receipt
from .common import BulkCase
from .delivery_reports import delivery_report

HARD = {"status": "5.1.1", "diagnostic": "smtp; 550 5.1.1 No such user"}
POLICY = {"status": "5.7.1", "diagnostic": "smtp; 554 5.7.1 Message rejected as spam"}
SOFT = {"status": "4.2.2", "diagnostic": "smtp; 452 4.2.2 Mailbox full"}


class GatewayCase(BulkCase):
    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.send_to("ann@example.org", "bob@example.org")
        self.mail = self.mail_to("ann@example.org")

    def mail_to(self, email):
        return next(mail for mail in self.server.messages if mail.recipients == (email,))

    def come_in(self, raw):
        """Let a mail come in through the gateway."""
        answer = self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, raw)
        self.env.invalidate_all()
        return answer

    def report(self, mail=None, **values):
        self.come_in(delivery_report(mail or self.mail, **values))

    def address(self, email="ann@example.org"):
        return self.env["mailing.address"].search([("email", "=", email)])

    def state(self, email="ann@example.org"):
        trace = self.trace(email)
        return trace.delivery_state, trace.trace_status, trace.bounce_severity, trace.bounce_reason

    def known(self):
        """Whatever could have been learnt."""
        return (
            [self.state(email) for email in ("ann@example.org", "bob@example.org")],
            self.env["mailing.bounce"].search([]).mapped("event_key"),
            self.partner.message_bounce,
            self.mailing.bounced,
            self.env["mail.blacklist"].search([]).mapped("email"),
        )


@tagged("post_install", "-at_install")
class TestBounceGateway(GatewayCase):
    def test_hard(self):
        """A dead address is blocked; recipient, statistics and Odoo's own counter say so."""
        self.report(**HARD)
        self.assertEqual(self.state(), ("failed", "bounce", "hard", "userunknown"))
        self.assertIn("No such user", self.trace("ann@example.org").failure_reason)
        self.assertEqual(self.trace("ann@example.org").failure_type, "mail_bounce")
        self.assertEqual((self.mailing.bounced, self.partner.message_bounce), (1, 1))
        address = self.address()
        self.assertEqual((address.is_blocked, address.blocked_reason), (True, "userunknown"))
        event = address.evidence_id
        told = (event.source, event.severity, event.reason, event.enhanced_status_code, event.smtp_reply_code)
        self.assertEqual(told, ("report", "hard", "userunknown", "5.1.1", "550"))
        self.assertEqual((event.mailing_id, event.trace_id.email), (self.mailing, "ann@example.org"))
        self.assertTrue(self.partner.email_is_blocked)

    def test_twice(self):
        """The same report again, or another about the same, changes nothing."""
        self.report(**HARD)
        before = self.known()
        self.report(**HARD)
        self.report(**HARD, only_headers=True)
        self.assertEqual(self.known(), before)
        self.assertEqual(self.address().hard_bounce_count, 1)

    def test_policy(self):
        """Who does not want our mail has a working address: no bounce in the statistics, nothing held against it."""
        self.report(**POLICY)
        self.assertEqual(self.state(), ("failed", "error", "policy", "spamdetected"))
        self.assertEqual((self.mailing.bounced, self.partner.message_bounce), (0, 0))
        self.assertEqual((self.address().is_blocked, self.address().hard_bounce_count), (False, 0))
        self.assertEqual(len(self.address().bounce_ids), 1)

    def test_soft_for_good(self):
        """A refusal that another attempt would only repeat ends it, and counts once."""
        self.report(status="5.3.4", diagnostic="smtp; 552 5.3.4 Message size exceeds fixed limit")
        self.assertEqual(self.state()[:3], ("failed", "error", "soft"))
        self.assertEqual((self.address().soft_bounce_count, self.address().is_blocked), (1, False))

    def test_dead_after_all(self):
        """An address that is found dead while it waits for another attempt is taken out, and the mailing ends."""
        self.report(**SOFT)
        self.assertEqual((self.state()[0], self.mailing.state), ("deferred", "sending"))
        self.report(**HARD)
        self.assertEqual(self.state()[:2], ("failed", "bounce"))
        self.assertFalse(self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)]))
        self.assertEqual(self.mailing.state, "done")

    def test_no_bounces(self):
        """Delays, deliveries and read receipts are none, and leave no trace."""
        before = self.known()
        self.report(action="delayed", status="4.4.1")
        self.report(action="delivered", status="2.1.5")
        self.come_in(read_receipt(self.mail))
        self.assertEqual(self.known(), before)

    def test_forwarded(self):
        """Who is named but was not written to is left alone, and so is who forwarded; the recipient shows it."""
        raw = delivery_report(self.mail, **HARD).replace(b"rfc822; ann@example.org", b"rfc822; bob@example.org")
        self.come_in(raw)
        self.assertEqual(self.state()[:3], ("failed", "bounce", "hard"))
        self.assertFalse(self.env["mailing.bounce"].search([]))
        self.assertEqual(self.state("bob@example.org")[0], "sent")
        self.assertEqual(self.partner.message_bounce, 0)

    def test_several_recipients(self):
        """Of several recipients only the one that we have written to counts."""
        status = b"Final-Recipient: rfc822; ann@example.org"
        other = b"Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.1.1\n\n"
        self.come_in(delivery_report(self.mail, **POLICY).replace(status, other + status))
        self.assertEqual(self.state()[2], "policy")
        self.assertFalse(self.address("bob@example.org"))

    def test_broken(self):
        """A report that is cut off or garbled anywhere raises nothing, and blames nobody else."""
        raw = delivery_report(self.mail, **HARD)
        for end in range(0, len(raw), 97):
            self.env["mailing.bounce"]._take_mail(raw[:end])
        self.env["mailing.bounce"]._take_mail(garbage(self.mail))
        self.assertEqual(set(self.env["mailing.address"].search([]).mapped("email")) - {"ann@example.org"}, set())

    def test_odoos_own_queue(self):
        """A mail of Odoo's own queue: the address is blocked just the same."""
        trace = self.trace("ann@example.org")
        self.env.cr.execute("UPDATE mailing_trace SET delivery_state = NULL WHERE id = %s", [trace.id])
        self.env.invalidate_all()
        self.report(**HARD)
        self.assertEqual(self.state(), (False, "bounce", "hard", "userunknown"))
        self.assertTrue(self.address().is_blocked)


@tagged("post_install", "-at_install")
class TestComplaint(GatewayCase):
    def test_blocks_and_opts_out(self):
        """Who presses "spam" gets nothing more: blocked, off the lists and on the exclusion list."""
        self.come_in(complaint(self.mail))
        self.assertEqual((self.address().is_blocked, self.address().blocked_reason), (True, "complaint"))
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", "ann@example.org")]))
        ann = self.env["mailing.contact"].search([("email", "=", "ann@example.org")])
        self.assertTrue(ann.subscription_ids.opt_out)
        self.assertEqual((self.state()[:2], self.mailing.bounced), (("sent", "sent"), 0))
        self.address().action_clear_bounces()
        self.assertEqual(self.make_mailing()._count_audience()["excluded"], {"mail_bl": 1})

    def test_twice(self):
        """One complaint is one event, however often it comes."""
        self.come_in(complaint(self.mail))
        before = self.known()
        self.come_in(complaint(self.mail))
        self.assertEqual(self.known(), before)

    def test_no_complaint(self):
        """ "This is no spam" is none, nor a machine's word on a signature, nor one about a mail that is not ours."""
        before = self.known()
        self.come_in(complaint(self.mail, "not-spam"))
        self.come_in(complaint(self.mail, "auth-failure"))
        raw = complaint(self.mail).replace(self.mail.message["Message-ID"].encode(), b"<made-up@example.org>")
        self.come_in(raw)
        self.assertEqual(self.known(), before)
        self.assertFalse(self.address())
