"""Asking, approving and rejecting, clicked through in a browser as the people who do it."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase

BODY = '<div><p>Hello <t t-out="object.name"></t></p><p><a href="/unsubscribe_from_list">Unsubscribe</a></p></div>'


@tagged("post_install", "-at_install")
class TestRequestTours(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.set_parameter("enforce_terms_and_checks", "1")
        cls.sender = cls.make_user("Sally Sender", "bulk_mailing.group_sender")
        cls.requester = cls.make_user("Rita Requester", "bulk_mailing.group_requester")
        cls.make_contacts("ann@example.org", "bob@example.org")
        cls.mailing = cls.make_mailing(user_id=cls.requester.id, body_arch=BODY, body_html=BODY)

    @classmethod
    def make_user(cls, name, group):
        login = name.lower().replace(" ", ".")
        groups = f"base.group_user,{group}"
        email = f"{login}@example.org"
        return new_test_user(cls.env, login, name=name, groups=groups, email=email, lang="en_US", tz="UTC")

    def tour(self, user, name):
        self.start_tour(f"/odoo/mailing.mailing/{self.mailing.id}", name, login=user.login)
        self.env.invalidate_all()

    def mailed(self):
        """The recipients who got it; colleagues get Odoo's notifications of their activities."""
        readers = {"ann@example.org", "bob@example.org"}
        return sorted(to for message in self.server.messages for to in message.recipients if to in readers)

    def test_request_and_approve(self):
        """C15: who may not send asks in the four steps; who may send approves, and it leaves."""
        self.tour(self.requester, "bulk_mailing_request")
        self.assertEqual((self.mailing.state, self.mailing.request_state), ("draft", "requested"))
        self.tour(self.sender, "bulk_mailing_approve")
        self.assertEqual((self.mailing.state, self.mailing.request_state), ("in_queue", "approved"))
        self.assertEqual(self.mailing.sender_user_id, self.sender)
        self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.run_lane()
        self.assertEqual(self.mailed(), ["ann@example.org", "bob@example.org"])

    def test_request_and_reject(self):
        """C15: rejected with a reason, which the requester reads on the mailing."""
        self.tour(self.requester, "bulk_mailing_request")
        self.tour(self.sender, "bulk_mailing_reject")
        self.assertEqual(self.mailing.request_state, "rejected")
        self.tour(self.requester, "bulk_mailing_rejected")
        self.assertEqual(self.mailed(), [])
