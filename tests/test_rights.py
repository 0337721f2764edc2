"""Who may send is decided in the model: an access list lets everybody who writes a mailing write its state."""

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestRights(PeopleCase):
    def test_a_requester_cannot_send_by_any_way(self):
        """C15: no method and no write lets a requester send, terms accepted or not, enforced or not."""
        mailing = self.make_mailing(self.requester)
        mailing._accept_terms()
        for value in ("1", "0"):
            self.enforce(value)
            for name, call in {
                "launch": mailing.action_launch,
                "put in queue": mailing.action_put_in_queue,
                "send": mailing.action_send_mail,
                "retry": mailing.action_retry_failed,
                "in_queue": lambda: mailing.write({"state": "in_queue"}),
                "sending": lambda: mailing.write({"state": "sending"}),
                "done": lambda: mailing.write({"state": "done"}),
            }.items():
                with self.subTest(name, enforced=value), self.assertRaises(AccessError):
                    call()
        self.assertEqual(mailing.state, "draft")

    def test_a_requester_cannot_create_a_mailing_in_the_queue(self):
        """C15: neither with the state, nor with the context's default for it."""
        self.enforce("0")
        with self.assertRaises(AccessError):
            self.make_mailing(self.requester, state="in_queue")
        with self.assertRaises(AccessError):
            self.env["mailing.mailing"].with_user(self.requester).with_context(default_state="sending").create(
                {"subject": "x"}
            )

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_a_plain_user_has_nothing(self):
        """C15: who is in none of the groups neither reads nor sends."""
        mailing = self.make_mailing(self.sender).with_user(self.plain)
        for call in (mailing.action_open_send, mailing.action_launch, lambda: mailing.write({"state": "in_queue"})):
            with self.assertRaises(AccessError):
                call()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_requester_changes_only_drafts_of_their_own(self):
        """C15: what a sender has queued stays as it was when they queued it."""
        own, other = self.make_mailing(self.requester), self.make_mailing(self.sender)
        own.subject = "Better news"
        with self.assertRaises(AccessError):
            other.with_user(self.requester).subject = "Mine"
        own.sudo().write({"state": "in_queue"})
        with self.assertRaises(AccessError):
            own.with_user(self.requester).write({"body_html": "<p>Other</p>"})
        with self.assertRaises(AccessError):
            own.with_user(self.requester).action_cancel()
        self.assertEqual(other.with_user(self.requester).subject, "News")

    def test_a_requester_works_in_stocks_form(self):
        """C15: the mailing's form opens and saves for who only prepares."""
        form = Form(self.env["mailing.mailing"].with_user(self.requester), "mass_mailing.view_mail_mass_mailing_form")
        form.subject = "Prepared"
        form.contact_list_ids.add(self.list.with_user(self.requester))
        self.assertEqual(form.save().user_id, self.requester)

    def test_stock_users_are_senders(self):
        """C15: who had Email Marketing's own group before the addon came keeps the right to send."""
        for user in (self.stock_user, self.sender, self.admin):
            mailing = self.make_mailing(user)
            mailing._accept_terms()
            mailing.action_launch()
            self.assertEqual((mailing.state, mailing.sender_user_id), ("in_queue", user))

    def test_a_requester_is_not_a_stock_user(self):
        """C15: the requester's group does not imply the one that may send."""
        self.assertFalse(self.requester.has_group("mass_mailing.group_mass_mailing_user"))
        self.assertTrue(self.sender.has_group("mass_mailing.group_mass_mailing_user"))
        self.assertTrue(self.sender.has_group("bulk_mailing.group_requester"))

    def test_without_accepted_terms_nothing_leaves(self):
        """C3: by method, by write of the state, or created in the queue."""
        mailing = self.make_mailing(self.sender)
        for call in (
            mailing.action_launch,
            mailing.action_send_mail,
            lambda: mailing.write({"state": "in_queue"}),
            lambda: mailing.write({"state": "done"}),
            lambda: self.make_mailing(self.sender, state="in_queue"),
        ):
            with self.assertRaisesRegex(UserError, "terms"):
                call()
        self.assertEqual(mailing.state, "draft")

    def test_each_sender_accepts_for_themselves(self):
        """C3: what the requester accepted is not what the sender accepted."""
        mailing = self.make_mailing(self.requester)
        mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "terms"):
            mailing.with_user(self.sender).action_launch()
        mailing.with_user(self.sender)._accept_terms()
        mailing.with_user(self.sender).action_launch()
        self.assertEqual(mailing.state, "in_queue")

    def test_new_terms_are_accepted_anew(self):
        """C3: an acceptance of the version before does not count."""
        mailing = self.make_mailing(self.sender)
        mailing._accept_terms()
        draft = self.env["mailing.terms"].create({"name": "New", "body": "<p>New</p>"})
        draft.action_publish()
        with self.assertRaisesRegex(UserError, "terms"):
            mailing.action_launch()

    def test_enforcement_can_be_switched_off(self):
        """C3: with the parameter off, stock's own ways work as before; the right to send still holds."""
        for value in ("0", "False"):
            self.enforce(value)
            mailing = self.make_mailing(self.sender, body_html="<p>No link</p>")
            mailing.action_launch()
            self.assertEqual(mailing.state, "in_queue")

    def test_sms_has_no_terms(self):
        """C15: a text message needs the right to send, not the terms of mail."""
        values = {"mailing_type": "sms", "body_plaintext": "Hi", "email_from": False}
        mailing = self.make_mailing(self.sender, **values)
        mailing.action_put_in_queue()
        self.assertEqual(mailing.state, "in_queue")
        with self.assertRaises(AccessError):
            self.make_mailing(self.requester, **values).action_put_in_queue()

    def test_sms_does_not_become_a_mail_on_its_way(self):
        """C10: what was put in the queue as an SMS, without terms, does not leave as a mail."""
        mailing = self.make_mailing(self.sender)
        mailing.mailing_type = "sms"
        mailing.state = "in_queue"
        with self.assertRaises(UserError):
            mailing.mailing_type = "mail"

    def test_a_requester_creates_nothing_in_flight(self):
        """C15: neither with the value, nor with the context's default for it."""
        mailings = self.env["mailing.mailing"].with_user(self.requester)
        for context, values in (({"default_flight_state": "running"}, {}), ({}, {"flight_state": "running"})):
            with self.assertRaises(AccessError):
                mailings.with_context(**context).create({"subject": "x", **values})

    def test_nobody_writes_who_sent(self):
        """C15: recipients are counted with the sender's rights, so only the server says who that is."""
        mailing = self.make_mailing(self.sender)
        for user in (self.sender, self.admin, self.requester):
            with self.assertRaises(AccessError):
                mailing.with_user(user).write({"sender_user_id": self.admin.id})
            with self.assertRaises(AccessError):
                self.make_mailing(user, sender_user_id=self.admin.id)
        with self.assertRaises(AccessError):
            self.env["mailing.mailing"].with_user(self.sender).with_context(default_sender_user_id=1).create(
                {"subject": "x"}
            )

    def test_who_sends_is_noted_on_every_way(self):
        """C15: a mailing that leaves by a write or another method has a sender, whose rights choose the recipients."""
        self.enforce("0")
        for leave in (
            lambda mailing: mailing.write({"state": "in_queue"}),
            lambda mailing: mailing.action_send_mail(),
            lambda mailing: mailing.action_launch(),
        ):
            mailing = self.make_mailing(self.admin)
            leave(mailing.with_user(self.sender))
            self.assertEqual(mailing.sender_user_id, self.sender)
        self.assertEqual(self.make_mailing(self.sender, state="in_queue").sender_user_id, self.sender)

    def test_who_takes_a_mailing_back_is_not_its_sender(self):
        """C13, C15: after cancelling there is no sender until somebody sends."""
        mailing = self.make_mailing(self.sender)
        mailing._accept_terms()
        mailing.action_launch()
        mailing.action_cancel()
        self.assertEqual((mailing.state, mailing.sender_user_id), ("draft", self.env["res.users"]))

    def test_four_steps_to_the_classic_queue(self):
        """C2, C3: the terms can be accepted for it too; nothing says that it could be undone, since it cannot."""
        mailing = self.make_mailing(self.admin, send_engine="classic")
        wizard = self.walk(self.make_wizard(mailing), "checks")
        wizard.action_acknowledge_warnings()
        self.walk(wizard).action_send()
        self.assertEqual((mailing.state, mailing.undo_until), ("in_queue", False))

    def test_only_a_mail_administrator_chooses_classic(self):
        """C39: Odoo's own queue is chosen by who looks after the mail; a copy falls back to the default."""
        with self.assertRaises(AccessError):
            self.make_mailing(self.sender).send_engine = "classic"
        with self.assertRaises(AccessError):
            self.make_mailing(self.sender, send_engine="classic")
        mailing = self.make_mailing(self.admin, send_engine="classic")
        self.assertEqual(mailing.copy().send_engine, "classic")
        self.assertEqual(mailing.with_user(self.sender).copy().send_engine, "queue")

    def test_the_server_itself_is_free(self):
        """C15: crons and the server's own code are not held up."""
        mailing = self.make_mailing(self.sender).sudo()
        mailing.write({"state": "sending"})
        self.assertEqual(mailing.state, "sending")

    def test_the_winner_of_a_test_goes_out(self):
        """C3, C34: terms and checks were seen to when the test went out; its sender sends the winner too."""
        mailing = self.make_mailing(self.sender, ab_testing_enabled=True, ab_testing_winner_selection="manual")
        mailing.sudo().write({"state": "done", "sender_user_id": self.sender.id})
        winner = mailing.browse(mailing.action_select_as_winner()["res_id"])
        self.assertEqual((winner.state, winner.sender_user_id), ("in_queue", self.sender))
        by_cron = mailing.with_user(SUPERUSER_ID).browse(
            mailing.with_user(SUPERUSER_ID).action_select_as_winner()["res_id"]
        )
        self.assertEqual(by_cron.sender_user_id, self.sender)

    def test_a_winner_without_a_test_is_a_mailing_like_others(self):
        """C3: naming a mailing the winner does not spare the terms."""
        mailing = self.make_mailing(self.sender, ab_testing_enabled=True)
        mailing.campaign_id.ab_testing_winner_mailing_id = mailing
        with self.assertRaisesRegex(UserError, "terms"):
            mailing.action_launch()

    def test_test_mails_of_a_requester_stay_in_the_house(self):
        """C15: who may not send can show a mailing to colleagues, and to nobody else; who may send, to anybody."""
        mailing = self.make_mailing(self.requester)
        wizard = self.env["mailing.mailing.test"].with_user(self.requester)
        wizard.create({"mass_mailing_id": mailing.id, "email_to": "Sender <SENDER@example.org>"}).send_mail_test()
        for address in (
            "ann@example.org",
            "sender@example.org\nann@example.org",
            "x <ann@example.org>, sender@example.org",
        ):
            with self.subTest(address), self.assertRaisesRegex(AccessError, "ann@example.org"):
                wizard.create({"mass_mailing_id": mailing.id, "email_to": address}).send_mail_test()
        by_sender = wizard.with_user(self.sender)
        by_sender.create({"mass_mailing_id": mailing.id, "email_to": "ann@example.org"}).send_mail_test()
