"""Test mails to a few addresses, over a real SMTP connection."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BODY, BulkCase
from .dkim_receiver import holds

LOOP = '<p>Hello <t t-out="object.name"/><t t-foreach="[1, 2]" t-as="x"> <t t-out="x"/></t></p>'


@tagged("post_install", "-at_install")
class TestTestMails(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.env["mailing.dkim.key"].create({"domain": "example.org"})
        cls.contacts = cls.make_contacts("ann@example.org", "bob@example.org")
        cls.mailing = cls.make_mailing(track_opens=True)

    def test_a_mail_for_oneself(self):
        """C27: the subject marked, signed, with the values of the first recipient, to the address that was written."""
        self.send_test("me@example.com")
        [mail] = self.server.messages
        self.assertEqual(mail.recipients, ("me@example.com",))
        self.assertEqual(mail.message["Subject"], "[TEST] News for Reader 1")
        self.assertEqual(mail.message["To"], "Reader 1 <me@example.com>")
        self.assertTrue(holds(mail.content, self.key))
        self.assertIn("List-Unsubscribe-Post", mail.message)

    def send_test(self, addresses, mailing=None, **values):
        values = {"mass_mailing_id": (mailing or self.mailing).id, "email_to": addresses, **values}
        wizard = self.env["mailing.mailing.test"].create(values)
        wizard.send_mail_test()
        return wizard

    def test_as_it_is_for_somebody_else(self):
        """C27: a chosen recipient's values, on both roads."""
        for body in (BODY, LOOP):
            self.mailing.body_html = body
            self.send_test("me@example.com", recipient_id=self.contacts[1].id)
            text = self.server.messages[-1].message.get_body(("plain",)).get_content()
            self.assertIn("Hello Reader 2", text)

    def test_it_is_what_a_recipient_gets(self):
        """C27: the parts are those of the real mail, but for address and the links' signatures."""
        self.mailing.write({"track_links": False, "track_opens": False})
        self.send_test("ann@example.org")
        test = self.server.messages[0].message
        self.server.forget()
        self.send(self.mailing)
        [real] = [mail.message for mail in self.server.messages if mail.recipients == ("ann@example.org",)]
        token = self.mailing._generate_mailing_recipient_token(self.contacts[0].id, "ann@example.org")
        for kind in ("html", "plain"):
            part = real.get_body((kind,)).get_content().replace(token, "sample")
            self.assertEqual(test.get_body((kind,)).get_content(), part)
        self.assertEqual([name for name in test if name != "Received"], [name for name in real if name != "Received"])

    def test_nothing_is_counted(self):
        """C27: no trace, no row in the queue, no count of the mailing; who got a test gets the mailing."""
        self.send_test("ann@example.org")
        self.assertFalse(self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)]))
        self.assertEqual((self.mailing.sent, self.mailing.accepted_count, self.mailing.state), (0, 0, "draft"))
        self.server.forget()
        self.send(self.mailing)
        self.assertEqual(self.server.addresses(), ["ann@example.org", "bob@example.org"])

    def test_what_became_of_each(self):
        """C27: accepted, refused and put off, each with the server's words, on the screen and in the log."""
        self.server.on("RCPT", recipient="gone@").reply("550 5.1.1 No such user")
        self.server.on("RCPT", recipient="busy@").reply("450 4.2.0 Come back later")
        wizard = self.send_test("me@example.com\ngone@example.com\nbusy@example.com")
        me, gone, busy = wizard.results.splitlines()
        self.assertRegex(me, r"me@example.com: accepted by 127.0.0.1: 250 ")
        self.assertEqual(gone, "gone@example.com: refused: 550 5.1.1 No such user")
        self.assertEqual(busy, "busy@example.com: not accepted for now: 450 4.2.0 Come back later")
        log = self.mailing.message_ids[0].body
        for words in ("Reader 1", "refused: 550 5.1.1 No such user", "accepted by 127.0.0.1"):
            self.assertIn(words, log)
        self.assertFalse(self.env["mailing.address"].search([("email", "=", "gone@example.com")]))

    def test_a_server_in_trouble(self):
        """C27: what is wrong with our own server is said, and nothing waits for later."""
        self.server.on("MAIL").reply("530 5.7.0 Log in first")
        self.assertIn("wants us to log in", self.send_test("me@example.com").results)
        self.assertFalse(self.env["mailing.queue"].search([]))

    def test_a_server_that_does_not_answer(self):
        """C27: nobody waits for it for ever; who may have got it is said to be in doubt, the others not sent."""
        self.server.on("DOT").delay(5)
        sending = "odoo.addons.bulk_mailing.models.mailing_mailing.sample_sending"
        with patch(f"{sending}.MOST_SECONDS", 0.3), patch(f"{sending}.LAST_SECONDS", 0.3):
            first, second = self.send_test("me@example.com\nyou@example.com").results.splitlines()
        self.assertRegex(first, "me@example.com: in doubt")
        self.assertRegex(second, "you@example.com: not sent")

    def test_addresses(self):
        """C27: a bad address is named, and nothing is sent; one that is written twice gets one; 20 at most."""
        for bad in ("me@example.com\nnobody", "a@example.com, b@example.com"):
            with self.assertRaisesRegex(UserError, "is not an address"):
                self.send_test(bad)
        with self.assertRaisesRegex(UserError, "21 addresses"):
            self.send_test("\n".join(f"me{number}@example.com" for number in range(21)))
        self.assertFalse(self.server.messages)
        self.send_test("Me <me@example.com>\n\n ME@example.com ")
        self.assertEqual(self.server.addresses(), ["me@example.com"])

    def test_trouble_with_the_body_sends_nothing(self):
        """C27: where the mail cannot be made for the chosen recipient, the reason is said before anything leaves."""
        self.mailing.body_html = '<p><t t-out="1 / 0"/></p>'
        with self.assertRaisesRegex(UserError, "division by zero"):
            self.send_test("me@example.com")
        self.assertFalse(self.server.connections)

    def test_who_only_prepares(self):
        """C15, C27: a requester mails colleagues, and only what they may read."""
        groups = "base.group_user,mail.group_mail_template_editor,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "rita", groups=groups, email="rita@example.org")
        mailing = self.make_mailing(user_id=requester.id).with_user(requester)
        wizard = mailing.env["mailing.mailing.test"].create({"mass_mailing_id": mailing.id})
        self.server.forget()  # what Odoo tells a new colleague
        wizard.send_mail_test()
        self.assertEqual(self.server.addresses(), ["rita@example.org"])
        wizard.email_to = "ann@example.org"
        with self.assertRaises(AccessError):
            wizard.send_mail_test()
        self.assertEqual(self.server.addresses(), ["rita@example.org"])
