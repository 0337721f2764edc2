"""The setting that nobody approves their own."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestFourEyes(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_user("other", "bulk_mailing.group_sender")
        cls.env.company.bulk_four_eyes = True

    def request(self, mailing):
        self.walk(self.make_wizard(mailing)).action_request()
        return mailing

    def test_nothing_leaves_without_a_request(self):
        """C15: on no way, not for an administrator, and not with terms and checks switched off."""
        mailing = self.make_mailing(self.admin)
        mailing._accept_terms()
        for value in ("1", "0"):
            self.enforce(value)
            for call in (
                mailing.action_launch,
                mailing.action_put_in_queue,
                mailing.action_send_mail,
                lambda: mailing.write({"state": "in_queue"}),
                lambda: mailing.write({"state": "sending"}),
                lambda: self.make_mailing(self.admin, state="in_queue"),
            ):
                with self.assertRaisesRegex(AccessError, "colleague"):
                    call()

    def test_nobody_approves_their_own(self):
        """C15: neither who prepared it, nor who is responsible, nor who asked; another sender does."""
        mailing = self.request(self.make_mailing(self.sender))
        with self.assertRaisesRegex(AccessError, "their own"):
            mailing.action_approve()
        mailing.user_id = self.requester
        with self.assertRaisesRegex(AccessError, "their own"):
            mailing.action_approve()
        self.assertFalse(mailing.may_decide)
        self.assertTrue(mailing.with_user(self.other).may_decide)
        mailing.with_user(self.other).action_approve()
        self.assertEqual((mailing.state, mailing.sender_user_id), ("in_queue", self.other))

    def test_who_is_asked(self):
        """C15: the activities go to those who may decide, and to nobody who prepared it."""
        mailing = self.request(self.make_mailing(self.sender))
        asked = mailing.sudo().activity_search(["bulk_mailing.mail_activity_request"]).user_id
        self.assertIn(self.other, asked)
        self.assertNotIn(self.sender, asked)

    def test_a_sender_asks_in_the_four_steps(self):
        """C15: the last step offers a request instead of sending, and the form as well."""
        mailing = self.make_mailing(self.sender)
        wizard = self.walk(self.make_wizard(mailing))
        self.assertTrue(mailing.must_request and wizard.must_request)
        self.assertNotIn(self.sender.name, wizard.senders_in_words)
        with self.assertRaises(AccessError):
            wizard.action_send()

    def test_a_change_after_the_approval_needs_another(self):
        """C15: what is approved cannot be changed or taken back and sent by the one who wrote it."""
        mailing = self.request(self.make_mailing(self.sender))
        mailing.with_user(self.other).action_approve()
        mailing.body_html = mailing.body_html + "<p>Just this</p>"
        self.assertEqual(mailing.state, "draft")
        with self.assertRaises(AccessError):
            mailing.action_launch()
        with self.assertRaises(UserError):
            mailing.action_approve()

    def test_off(self):
        """C15: without the setting a sender sends, and approves what they asked for."""
        self.env.company.bulk_four_eyes = False
        mailing = self.request(self.make_mailing(self.sender))
        self.assertFalse(mailing.must_request)
        mailing.action_approve()
        self.assertEqual(mailing.state, "in_queue")

    def test_settings(self):
        """C15: a mail administrator switches it on, and sets the growth that warns."""
        settings = self.env["mailing.settings"].with_user(self.admin).browse(self.env.company.id)
        settings.write({"four_eyes": False, "growth_percent": 25})
        self.assertEqual((self.env.company.bulk_four_eyes, self.env.company.bulk_growth_percent), (False, 25))
