"""By which server a mailing leaves, and as whom."""

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestEnvelope(BulkCase):
    def set_alias_domain(self, name):
        domain = self.env["mail.alias.domain"].create(
            {"name": name, "bounce_alias": "bounce", "catchall_alias": "catchall", "default_from": "notifications"}
        )
        self.env.company.alias_domain_id = domain

    def send_one(self, **values):
        self.send_to("ann@example.org", **values)
        [mail] = self.server.messages
        return mail

    def test_bounces_come_back(self):
        """A5: bounces go to the alias domain's bounce address, where the server may send for it."""
        self.mail_server.from_filter = "example.org"
        self.set_alias_domain("example.org")
        mail = self.send_one()
        self.assertEqual(mail.sender, "bounce@example.org")
        self.assertEqual(mail.message["From"].addresses[0].addr_spec, "news@example.org")

    def test_server_of_another_domain(self):
        """A server that may not send for the From domain sends as its own, as stock does."""
        self.mail_server.from_filter = "other.example"
        self.set_alias_domain("other.example")
        mail = self.send_one()
        self.assertEqual(mail.sender, "bounce@other.example")
        self.assertEqual(mail.message["From"].addresses[0].addr_spec, "notifications@other.example")
        self.assertIn("The Editors", mail.message["From"])

    def test_server_of_the_from_domain(self):
        """Among several servers the one for the From domain is used."""
        self.mail_server.from_filter = "elsewhere.example"
        self.env["ir.mail_server"].create(self.server_values(name="Ours", from_filter="example.org", sequence=99))
        self.assertEqual(self.send_one().sender, "news@example.org")

    def test_international_sender(self):
        """A sender with an international domain travels as A-labels."""
        mail = self.send_one(email_from='"Jürgen" <news@müller.de>')
        self.assertEqual(mail.sender, "news@xn--mller-kva.de")
        self.assertEqual(mail.message["From"].addresses[0].display_name, "Jürgen")
        self.assertTrue(mail.message["Message-ID"].endswith("@xn--mller-kva.de>"))

    def test_no_sender(self):
        """What is no address pauses the mailing with a sentence, and nothing is lost."""
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing(email_from="nobody in particular")
        self.enqueue(mailing)
        self.assertEqual((mailing.state, mailing.flight_state), ("in_queue", "paused"))
        self.assertIn("cannot be the sender", mailing.flight_reason)
