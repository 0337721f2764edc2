"""Requested, approved, rejected, withdrawn: what was asked for goes out, and nothing else."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people import BODY, PeopleCase

ACTIVITY = "bulk_mailing.mail_activity_request"


@tagged("post_install", "-at_install")
class TestRequest(PeopleCase):
    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.requester)

    def request(self, mailing=None, **values):
        """Walk the four steps as the requester, and ask."""
        wizard = self.make_wizard(mailing or self.mailing)
        self.walk(wizard, "audience")
        wizard.write(values)
        self.walk(wizard)
        wizard.action_request()
        return self.by_sender()

    def by_sender(self):
        return self.mailing.with_user(self.sender)

    def activities(self):
        return self.mailing.sudo().activity_search([ACTIVITY])

    def log(self):
        return " ".join(self.mailing.sudo().message_ids.mapped("body"))

    def test_a_request_waits_for_who_may_send(self):
        """C15: it stays a draft; every sender finds an activity with the overview, and the log tells."""
        self.request()
        self.assertEqual((self.mailing.state, self.mailing.request_state), ("draft", "requested"))
        self.assertEqual((self.mailing.requested_by_id, self.mailing.requested_count), (self.requester, 2))
        self.assertLessEqual(self.sender | self.stock_user | self.admin, self.activities().user_id)
        self.assertNotIn(self.requester, self.activities().user_id)
        for text in ("News", "Readers", "2", "1 without address"):
            self.assertIn(text, str(self.activities()[0].note))
        self.assertIn("Sending requested", self.log())

    def test_approve(self):
        """C15: approval sends as asked, with the approver's rights; the terms are those the requester accepted."""
        mailing = self.request()
        mailing.action_approve()
        self.assertEqual((mailing.state, mailing.request_state), ("in_queue", "approved"))
        self.assertEqual((mailing.sender_user_id, mailing.schedule_type), (self.sender, "now"))
        self.assertFalse(self.activities())
        self.assertIn("Approved", self.log())
        self.assertIn(self.requester.partner_id, mailing.message_ids.notified_partner_ids)
        self.assertTrue(mailing.undo_until)

    def test_approve_for_later(self):
        """C15, C21: a moment that was asked for is kept; one that has passed is not sent at."""
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        mailing = self.request(when="later", send_at=moment)
        mailing.action_approve()
        self.assertEqual((mailing.state, mailing.schedule_date), ("in_queue", moment))

    def test_a_moment_that_has_passed(self):
        """C15: nobody approves for a moment that is over."""
        mailing = self.request(when="later", send_at=fields.Datetime.now() + timedelta(hours=1))
        over = mailing.send_at + timedelta(minutes=1)
        self.patch(fields.Datetime, "now", lambda: over)
        with self.assertRaisesRegex(UserError, "passed"):
            mailing.action_approve()

    def test_reject(self):
        """C15: with a reason, which the requester is told; then they ask again."""
        mailing = self.request()
        for reason in ("", "  ", False):
            with self.assertRaisesRegex(UserError, "why"):
                mailing.action_reject(reason)
        mailing.action_reject("The price is wrong")
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "rejected"))
        self.assertIn("The price is wrong", self.log())
        self.assertFalse(self.activities())
        self.assertIn(self.requester.partner_id, mailing.message_ids.notified_partner_ids)
        with self.assertRaises(UserError):
            mailing.action_approve()
        self.request()
        self.assertEqual(self.mailing.request_state, "requested")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_who_may_send_decides(self):
        """C15: a requester neither approves nor rejects, and nobody writes the state of a request."""
        self.request()
        for call in (self.mailing.action_approve, lambda: self.mailing.action_reject("no")):
            with self.assertRaises(AccessError):
                call()
        for user in (self.requester, self.sender, self.admin):
            for values in ({"request_state": "approved"}, {"request_fingerprint": {}}, {"requested_by_id": user.id}):
                with self.assertRaises(AccessError):
                    self.mailing.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.make_mailing(self.requester, request_state="approved")
        mailings = self.env["mailing.mailing"].with_user(self.requester)
        with self.assertRaises(AccessError):
            mailings.with_context(default_request_state="approved").create({"subject": "x"})
        other = self.make_mailing(self.sender).with_user(self.requester)
        for call in (other.action_withdraw_request, lambda: other._request_sending({})):
            with self.assertRaises(AccessError):
                call()

    def test_every_change_withdraws(self):
        """C15: content, audience, time and options; what colleagues alone see may change."""
        other_list = self.env["mailing.list"].create({"name": "Others", "usable_for_mailing": True})
        self.contacts.list_ids += other_list
        changes = {
            "the content": {"body_html": BODY + "<p>More</p>"},
            "who gets it": {"contact_list_ids": [(6, 0, other_list.ids)]},
            "the time": {"send_at": fields.Datetime.now() + timedelta(days=1)},
            "the options": {"track_opens": True},
        }
        for words, values in changes.items():
            with self.subTest(words):
                self.request()
                self.mailing.write(values)
                self.assertEqual((self.mailing.request_state, self.activities()), ("none", self.activities().browse()))
                self.assertIn(f"after it was requested: {words}.", self.log())
                with self.assertRaises(UserError):
                    self.by_sender().action_approve()
        self.request()
        self.mailing.write({"description": "For Mary", "color": 3, "favorite": True})
        self.assertEqual(self.mailing.request_state, "requested")

    def test_every_option_is_bound(self):
        """C15: whatever a copy takes over was chosen, so that a later option is bound without being named here."""
        bound = self.mailing._requested_fields()
        options = {"rate_per_minute", "track_links", "exclude_duplicates", "send_when", "mail_server_id", "email_from"}
        self.assertLessEqual(options | {"schedule_date", "use_exclusion_list", "send_engine"}, bound)
        self.assertFalse({"write_date", "state", "request_state", "sent_date", "flight_state"} & bound)

    def test_a_picture_in_the_place_of_another(self):
        """C15: what changes behind the body's back is not approved."""
        picture = self.env["ir.attachment"].with_user(self.requester).create({"name": "x.txt", "raw": b"one"})
        self.mailing.body_html = f'{BODY}<img src="/web/image/{picture.id}-x/x.png" alt="x">'
        mailing = self.request()
        picture.raw = b"two"
        with self.assertRaisesRegex(UserError, "the content"):
            mailing.action_approve()
        picture.raw = b"one"
        mailing.action_approve()
        picture.raw = b"two"
        with self.assertRaisesRegex(UserError, "the content"):
            mailing._check_as_approved()

    def test_a_change_after_the_approval(self):
        """C15: what was approved and is changed before it leaves is a draft again."""
        mailing = self.request(when="later", send_at=fields.Datetime.now() + timedelta(days=2))
        mailing.action_approve()
        mailing.subject = "Other news"
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "none"))

    def test_cancelling_ends_the_approval(self):
        """C13, C15: what was taken back has to be approved again."""
        mailing = self.request(when="later", send_at=fields.Datetime.now() + timedelta(days=2))
        mailing.action_approve()
        mailing.action_cancel()
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "none"))

    def test_withdraw(self):
        """C15: who asked can take it back."""
        self.request()
        self.mailing.action_withdraw_request()
        self.assertEqual((self.mailing.request_state, bool(self.activities())), ("none", False))
        with self.assertRaises(UserError):
            self.by_sender().action_approve()

    def test_sending_it_is_approving_it(self):
        """C15: a sender who presses Send on what was asked for has approved it."""
        mailing = self.request()
        mailing.action_put_in_queue()
        self.assertEqual(mailing.request_state, "approved")

    def test_errors_are_not_asked_for(self):
        """C9, C15: what could not be sent cannot be requested."""
        self.mailing.body_html = "<p>No way out</p>"
        self.mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "unsubscribe"):
            self.mailing._request_sending({})
        with self.assertRaisesRegex(UserError, "terms"):
            self.make_mailing(self.requester)._request_sending({})

    def test_growth_warns(self):
        """C15: more people than were asked for are told of; within the share nobody is bothered."""
        mailing = self.request()
        self.assertEqual(mailing._growth_in_words(), "")
        self.env["mailing.contact"].create({"email": "new@example.org", "list_ids": [(6, 0, self.list.ids)]})
        self.assertIn("3 instead of 2", mailing._growth_in_words())
        self.requester.company_id.bulk_growth_percent = 50
        self.assertEqual(mailing._growth_in_words(), "")
        self.requester.company_id.bulk_growth_percent = 10
        mailing.action_approve()
        self.assertIn("3 instead of 2", self.log())

    def test_growth_until_it_leaves(self):
        """C15: who approved it for later is told when it leaves to more people than were asked for."""
        moment = fields.Datetime.now() + timedelta(days=1)
        mailing = self.request(when="later", send_at=moment)
        mailing.action_approve()
        self.assertNotIn("instead of", self.log())
        self.env["mailing.contact"].create({"email": "new@example.org", "list_ids": [(6, 0, self.list.ids)]})
        self.mailing.with_env(self.env)._enqueue()  # as the cron does
        told = self.mailing.message_ids.filtered(lambda message: "3 instead of 2" in message.body)
        self.assertEqual(told.notified_partner_ids, self.sender.partner_id)

    def test_a_copy_was_not_asked_for(self):
        """C15: a duplicate of what was approved is a draft that nobody has seen."""
        self.request().action_approve()
        copy = self.mailing.copy()
        self.assertEqual((copy.state, copy.request_state, copy.requested_by_id.id), ("draft", "none", False))
