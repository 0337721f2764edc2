"""The newsletter box refuses an address that no mail can reach."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.bulk_mailing.tests.dns_case import DnsCase


@tagged("post_install", "-at_install")
class TestNewsletter(DnsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["mailing.list"].create({"name": "News", "is_public": True})

    def subscribe(self, value):
        """What the box says; the kind of message and its text."""
        values = {"list_id": self.list.id, "value": value, "subscription_type": "email"}
        told = self.make_jsonrpc_request("/website_mass_mailing/subscribe", values)
        return told["toast_type"], told["toast_content"]

    def subscribers(self):
        return self.list.contact_ids.mapped("email")

    def test_subscribe(self):
        """B7: who lives, or whose DNS is silent, is subscribed; who is dead is told why not."""
        self.assertEqual(self.subscribe("ann@alive.example")[0], "success")
        self.assertEqual(self.subscribe("bob@silent.example")[0], "success")
        kind, sentence = self.subscribe("cyd@dead.example")
        self.assertEqual(kind, "danger")
        self.assertIn("“dead.example” does not exist", sentence)
        self.assertEqual(sorted(self.subscribers()), ["ann@alive.example", "bob@silent.example"])

    def test_typo(self):
        """A likely slip is asked about once."""
        self.assertEqual(self.subscribe("ann@gmial.com")[0], "danger")
        self.assertEqual(self.subscribe("ann@gmial.com")[0], "success")

    def test_robot(self):
        """Who fails the captcha makes nobody ask the DNS."""

        sentence = "You are a robot"

        def refuse(_model, _action):
            raise UserError(sentence)

        self.patch(self.registry["ir.http"], "_verify_request_recaptcha_token", refuse)
        self.assertEqual(self.subscribe("cyd@dead.example"), ("danger", sentence))
        self.assertNotIn("dead.example", self.dns.asked)
