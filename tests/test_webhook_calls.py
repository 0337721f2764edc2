"""Mail providers call, over real HTTP: bounces and complaints on recipients, addresses and lists."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from ..adapters.images import NotFetched
from ..core.text import Text
from .webhook_case import GONE, WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookCalls(WebhookCase):
    def test_a_bounce(self):
        """B5, B17: who does not exist is blocked at once, and the mailing's list of recipients says why."""
        for number, (name, signer) in enumerate(self.signers.items(), 1):
            email = f"{name}@example.org"
            trace = self.make_trace(email, number)
            with self.subTest(name):
                self.tell(name, signer.bounce(email, self.reference(name, trace), words=GONE))
                address, [event] = self.address(email), self.bounces(email)
                self.assertEqual((address.is_blocked, address.blocked_reason), (True, "userunknown"))
                self.assertEqual((event.source, event.severity, event.trace_id), ("webhook", "hard", trace))
                self.assertEqual((event.smtp_reply_code, event.mailing_id), ("550", self.mailing))
                self.assertEqual((trace.delivery_state, trace.trace_status), ("failed", "bounce"))
                self.assertEqual((trace.bounce_severity, trace.bounce_reason), ("hard", "userunknown"))

    def test_twice(self):
        """The same call, and the same event in another call, count once."""
        for number, (name, signer) in enumerate(self.signers.items(), 1):
            email = f"{name}@example.org"
            trace = self.make_trace(email, number)
            for known, of in ((self.reference(name, trace), email), ("", f"other.{email}")):
                with self.subTest(name, of=of):
                    event = signer.bounce(of, known)
                    call = self.tell(name, event)
                    self.assertEqual(self.send(self.webhooks[name], call).status_code, 200)
                    self.tell(name, event)
                    self.assertEqual(len(self.bounces(of)), 1)
                    self.assertEqual(self.address(of).hard_bounce_count, 1)

    def test_a_complaint(self):
        """G3: who calls it spam is blocked, off the mailing's lists, and on the exclusion list."""
        trace = self.make_trace("ann@example.org", self.contacts[0].id)
        self.tell("sendgrid", self.signers["sendgrid"].complaint("ann@example.org", trace.message_id))
        self.assertEqual(self.address("ann@example.org").blocked_reason, "complaint")
        self.assertTrue(self.contacts[0].subscription_ids.opt_out)
        self.assertTrue(self.contacts[0].is_blacklisted)
        self.assertFalse(self.contacts[1].is_blacklisted)

    def test_somebody_leaves(self):
        """G3: who unsubscribes at the provider leaves the mailing's lists; of an unknown mailing, all mailings."""
        for name, signer in self.signers.items():
            stranger = f"{name}.stranger@example.org"
            values = {"email": f"{name}@example.org", "list_ids": [(6, 0, self.list.ids)]}
            contact = self.env["mailing.contact"].create(values)
            with self.subTest(name):
                trace = self.make_trace(contact.email, contact.id)
                self.tell(name, signer.unsubscription(contact.email, self.reference(name, trace)))
                self.assertTrue(contact.subscription_ids.opt_out)
                self.assertFalse(contact.is_blacklisted)
                self.assertFalse(self.address(contact.email).is_blocked)
                self.tell(name, signer.unsubscription(stranger, ""))
                self.assertTrue(self.env["mail.blacklist"].search([("email", "=", stranger)]))

    def test_dropped(self):
        """What the provider did not even try was not sent: they had left there, or complained, before."""
        told = {
            ("sendgrid", "mail_optout"): {"event": "dropped", "reason": "Unsubscribed Address"},
            ("sendgrid", "mail_blocked"): {"event": "dropped", "reason": "Spam Reporting Address"},
            ("mailgun", "mail_optout"): {"reason": "suppress-unsubscribe", "event": "failed"},
            ("mailgun", "mail_blocked"): {"reason": "suppress-complaint", "event": "failed"},
        }
        for number, ((name, expected), values) in enumerate(told.items(), 1):
            trace = self.make_trace(f"u{number}@example.org", number)
            self.tell(name, self.signers[name].bounce(trace.email, trace.message_id) | values | {"id": str(number)})
            self.assertEqual((trace.delivery_state, trace.trace_status), ("excluded", "cancel"))
            self.assertEqual((trace.failure_type, trace.sent_datetime), (expected, False))
            self.assertEqual(self.address(trace.email).is_blocked, expected == "mail_blocked")

    def test_dropped_while_it_is_being_sent(self):
        """Before the lane has written down that it sent the mail nothing is taken, and the provider calls again."""
        trace = self.make_trace("ann@example.org", 1)
        trace.write({"delivery_state": "sending", "trace_status": "outgoing"})
        provider = self.env["mailing.provider.limit"]._of_everybody_else()
        values = {"trace_id": trace.id, "mailing_id": trace.mass_mailing_id.id, "provider_id": provider.id}
        later = fields.Datetime.now() + timedelta(minutes=5)
        queue = self.env["mailing.queue"].create(
            values | {"email": trace.email, "res_id": 1, "next_attempt_at": later, "claimed_by": "lane"}
        )
        with self.assertRaises(ConcurrencyError):
            trace._take_drop("mail_optout")
        queue.unlink()
        trace.write({"delivery_state": "sent", "trace_status": "sent"})
        trace._take_drop("mail_optout")
        self.assertEqual((trace.delivery_state, trace.failure_type), ("excluded", "mail_optout"))

    def test_no_address(self):
        """One event of a list that names nobody loses no other."""
        signer = self.signers["sendgrid"]
        told = [make("a@b@c", "") for make in (signer.unsubscription, signer.complaint)]
        self.tell("sendgrid", *told, signer.bounce("ann@example.org", "", words=GONE, event="2"))
        self.assertTrue(self.address("ann@example.org").is_blocked)

    def test_mail_that_is_not_ours(self):
        """A verified call is believed about the address, also where the mail cannot be told."""
        for name, signer in self.signers.items():
            email, complainer = f"{name}@example.org", f"complainer.{name}@example.org"
            with self.subTest(name):
                self.tell(name, signer.bounce(email, "<unknown@elsewhere.test>", words=GONE))
                self.tell(name, signer.complaint(complainer, ""))
                self.assertEqual(self.address(email).blocked_reason, "userunknown")
                self.assertFalse(self.bounces(email).trace_id)
                self.assertEqual(self.address(complainer).blocked_reason, "complaint")
                self.assertTrue(self.env["mail.blacklist"].search([("email", "=", complainer)]))

    def test_mail_of_ours_to_somebody_else(self):
        """A Message-ID of ours, or a number, blames nobody but the address that the provider names."""
        trace = self.make_trace("ann@example.org", 1)
        for name in ("sendgrid", "postmark"):
            told = self.signers[name].bounce("bob@example.org", self.reference(name, trace), words=GONE)
            self.tell(name, told)
        self.assertEqual(trace.delivery_state, "sent")
        self.assertFalse(self.address("ann@example.org"))
        self.assertTrue(self.address("bob@example.org").is_blocked)

    def test_policy_and_soft(self):
        """B6: what is about us, or passes, blocks nobody, and does not go again: the provider has tried for hours."""
        signer = self.signers["sendgrid"]
        traces = [self.make_trace(f"u{number}@example.org", number) for number in (1, 2)]
        self.tell(
            "sendgrid",
            signer.bounce("u1@example.org", traces[0].message_id, words="552 5.2.2 mailbox full", event="1"),
            signer.bounce("u2@example.org", traces[1].message_id, words="554 5.7.1 spam detected", event="2"),
        )
        self.assertEqual([trace.bounce_severity for trace in traces], ["soft", "policy"])
        self.assertEqual([trace.delivery_state for trace in traces], ["failed", "failed"])
        self.assertEqual(self.address("u1@example.org").soft_bounce_count, 1)
        self.assertFalse(self.address("u1@example.org").is_blocked)
        self.assertFalse(self.address("u2@example.org").is_blocked)
        self.assertFalse(self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)]))

    def test_what_postmark_knows_a_mail_by(self):
        """Our mails carry a number for Postmark while it is heard, and not otherwise."""
        mail = self.mailing._sample_message(self.contacts[0].id)
        self.assertIn(b"\r\nX-PM-Metadata-trace: 0\r\n", mail)
        self.webhooks["postmark"].active = False
        self.assertNotIn(b"X-PM-", self.mailing._sample_message(self.contacts[0].id))

    def test_many_at_once(self):
        """A list of events is taken as a whole."""
        signer = self.signers["sendgrid"]
        self.tell("sendgrid", *(signer.bounce(f"u{n}@example.org", "", event=str(n)) for n in range(200)))
        self.assertEqual(self.env["mailing.address"].search_count([("is_blocked", "=", True)]), 200)
        self.assertEqual(self.webhooks["sendgrid"].event_count, 200)

    def test_subscription(self):
        """A topic of Amazon is confirmed, at Amazon; what is forged, or Amazon's silence, confirms nothing."""
        signer, webhook = self.signers["amazon_ses"], self.webhooks["amazon_ses"]
        body, headers = signer.confirmation(self.now)
        self.assertEqual(self.send(webhook, (body.replace(b"2336412f37", b"9999999999"), headers)).status_code, 403)
        self.assertEqual(len(self.amazon.asked), 1)  # the certificate
        self.assertEqual(self.send(webhook, (body, headers)).status_code, 200)
        self.assertRegex(
            self.amazon.asked[-1], r"^https://sns\.eu-west-1\.amazonaws\.com/\?Action=ConfirmSubscription&"
        )

    def test_amazon_is_away(self):
        """Without its certificate Amazon is asked to come again, and then it is heard."""
        call = self.signers["amazon_ses"].call([self.signers["amazon_ses"].bounce("ann@example.org", "")], self.now)
        certificates, self.amazon.certificates = self.amazon.certificates, {}
        self.assertEqual(self.send(self.webhooks["amazon_ses"], call).status_code, 503)
        self.amazon.certificates = certificates
        self.assertEqual(self.send(self.webhooks["amazon_ses"], call).status_code, 200)
        self.assertTrue(self.address("ann@example.org").is_blocked)

    def test_confirmation_fails(self):
        """A subscription that could not be confirmed is confirmed when Amazon asks again."""
        call = self.signers["amazon_ses"].confirmation(self.now)
        webhook = self.webhooks["amazon_ses"]

        def away(_url):
            raise NotFetched(Text("away"))

        with self.subTest("away"):
            self.amazon.confirm, confirm = away, self.amazon.confirm
            self.assertEqual(self.send(webhook, call).status_code, 503)
        self.amazon.confirm = confirm
        self.assertEqual(self.send(webhook, call).status_code, 200)
        self.assertIn("ConfirmSubscription", self.amazon.asked[-1])

    def test_what_an_administrator_sees(self):
        """The last call and the number of events, also of calls that are long forgotten."""
        webhook = self.webhooks["mailgun"]
        self.assertEqual((webhook.last_call_at, webhook.event_count), (False, 0))
        signer = self.signers["mailgun"]
        for number in range(3):
            self.tell("mailgun", signer.bounce(f"u{number}@example.org", "", event=str(number)))
        self.assertEqual(webhook.event_count, 3)
        old, new = webhook.call_ids[:2], webhook.call_ids[2:]
        self.env.cr.execute(
            "UPDATE mailing_webhook_call SET called_at = %s WHERE id = ANY(%s)",
            [fields.Datetime.now() - timedelta(hours=49), old.ids],
        )
        self.env.invalidate_all()
        self.env["mailing.webhook.call"]._forget()
        self.assertEqual(webhook.call_ids, new)
        self.assertEqual((webhook.event_count, webhook.last_call_at), (3, new.called_at))
        self.env.cr.execute("DELETE FROM mailing_webhook_call")
        self.env.invalidate_all()
        self.assertEqual((webhook.event_count, bool(webhook.last_call_at)), (2, True))
