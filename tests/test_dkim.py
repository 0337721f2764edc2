"""Mail that is signed: as it arrives at the other end of a real SMTP connection."""

from odoo.tests import tagged

from .common import BODY, BulkCase
from .dkim_receiver import holds, signatures

# a condition on what is no plain field leaves the mailing to Odoo's renderer
RECORD_BY_RECORD = BODY.replace("<p>Hello", '<p t-if="len(object.name) > 1">..Hello')
HARD_TO_CARRY = BODY.replace("<p>", "<p>.\n..\n.dots  and   blanks \t \n é漢🙂 " + "long" * 500 + " ")


@tagged("post_install", "-at_install")
class TestDkim(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rsa = cls.make_key()

    @classmethod
    def make_key(cls, domain="example.org", **values):
        return cls.env["mailing.dkim.key"].create({"domain": domain, **values})

    def send_one(self, **values):
        self.make_contacts("jürgen@example.com".replace("ü", "u"), name="Jürgen Müller–Łodź, die „Ente“ 🦆 " * 3)
        self.mailing = self.make_mailing(**values)
        summary = self.send(self.mailing)
        self.assertSummary(summary, accepted=1, sent=1)
        return self.server.messages[0].content

    def test_compiled_mailing(self):
        """A mail of a compiled mailing arrives with a signature that holds, and does not when it is changed."""
        content = self.send_one(body_html=HARD_TO_CARRY)
        self.assertTrue(self.mailing._content().is_compiled)
        self.assertTrue(holds(content, self.rsa))
        self.assertFalse(holds(content.replace(b"News", b"Olds", 1), self.rsa))

    def test_mailing_of_odoos_renderer(self):
        """So does one that Odoo renders record by record."""
        content = self.send_one(body_html=RECORD_BY_RECORD)
        self.assertFalse(self.mailing._content().is_compiled)
        self.assertTrue(holds(content, self.rsa))

    def test_two_keys(self):
        """A domain with a key of each kind signs twice, and both hold."""
        keys = self.rsa + self.make_key(algorithm="ed25519")
        content = self.send_one()
        self.assertEqual(signatures(content), 2)
        self.assertTrue(holds(content, keys, 0) and holds(content, keys, 1))

    def test_nearest_domain(self):
        """The key of the sender's own domain signs before that of the domain above it, and no other does."""
        self.make_key("other.example")
        below = self.make_key("mail.example.org")
        self.assertEqual(self.make_mailing(email_from="a@news.mail.example.org")._signing_keys(), below)
        self.assertEqual(self.make_mailing(email_from="a@news.example.org")._signing_keys(), self.rsa)
        self.assertFalse(self.make_mailing(email_from="a@example.com")._signer())
        self.assertFalse(self.make_mailing(email_from="a@notexample.org")._signer())

    def test_as_the_server_sends_it(self):
        """Where the server changes the sender, the domain of the sender that people see signs."""
        self.mail_server.from_filter = "other.example"
        domain = self.env["mail.alias.domain"].create({"name": "other.example", "default_from": "notifications"})
        self.env.company.alias_domain_id = domain
        other = self.make_key("other.example")
        self.assertTrue(holds(self.send_one(), other))

    def test_international_domain(self):
        """A key for müller.de signs what leaves as xn--mller-kva.de."""
        key = self.make_key("Müller.DE.")
        self.assertEqual(key.domain, "xn--mller-kva.de")
        self.assertTrue(holds(self.send_one(email_from="news@müller.de"), key))

    def test_archived_key(self):
        """An archived key does not sign; the mail goes all the same."""
        self.rsa.active = False
        self.assertEqual(signatures(self.send_one()), 0)

    def test_key_that_is_gone(self):
        """A key that cannot be used pauses the mailing with the reason: unsigned mail would be taken for forged."""
        self.env.cr.execute("UPDATE mailing_dkim_key SET private_key = 'x'")
        self.env.invalidate_all()
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing()
        self.assertSummary(self.send(mailing), queued=1)
        self.assertEqual(mailing.flight_state, "paused")
        self.assertIn("not a private key", mailing.flight_reason)

    def test_classic(self):
        """Odoo's own queue signs nothing, so the checks stop a mailing of a domain that signs."""
        mailing = self.make_mailing(send_engine="classic")
        mailing.action_run_checks()
        self.assertIn("unsigned_in_classic", mailing.finding_ids.mapped("code"))
        mailing.send_engine = "queue"
        mailing.action_run_checks()
        self.assertNotIn("unsigned_in_classic", mailing.finding_ids.mapped("code"))
