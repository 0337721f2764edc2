"""A scheduled mailing is changed and cancelled until it starts."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .people import BODY, PeopleCase


@tagged("post_install", "-at_install")
class TestScheduled(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moment = fields.Datetime.now().replace(minute=0, second=0) + timedelta(days=2)

    def schedule(self, user=None):
        """A mailing that waits for its moment."""
        mailing = self.make_mailing(user or self.sender)
        wizard = self.make_wizard(mailing)
        wizard.write({"when": "later", "send_at": self.moment})
        self.walk(wizard).action_send()
        return mailing

    def wizard_of(self, action):
        return self.env[action["res_model"]].with_user(self.sender).browse(action["res_id"])

    def test_change(self):
        """C21: back in the second step, with all that was chosen; in the queue again only by sending it."""
        mailing = self.schedule()
        self.assertTrue(mailing.is_scheduled)
        wizard = self.wizard_of(mailing.action_change())
        self.assertEqual((mailing.state, mailing.schedule_date), ("draft", False))
        self.assertEqual((wizard.step, wizard.when, wizard.send_at), ("audience", "later", self.moment))
        later = self.moment + timedelta(days=1)
        wizard.send_at = later
        self.walk(wizard).action_send()
        self.assertEqual((mailing.state, mailing.schedule_date), ("in_queue", later))
        self.assertEqual(
            mailing.sudo().event_ids.sorted("id").mapped("kind"), ["prepared", "sent", "taken_back", "sent"]
        )

    def test_change_of_what_has_begun(self):
        """What leaves already is paused or stopped, and not changed."""
        mailing = self.schedule()
        mailing.sudo().schedule_date = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "Pause or stop"):
            mailing.action_change()
        self.assertEqual(mailing.state, "in_queue")

    def test_change_by_who_may_not(self):
        """A requester takes nothing back that somebody else has scheduled."""
        with self.assertRaises(AccessError):
            self.schedule().with_user(self.requester).action_change()

    def test_error_in_its_place(self):
        """A change that the checks would not let leave is not taken: what waits stays as it was checked."""
        mailing = self.schedule()
        with self.assertRaisesRegex(UserError, "must be mended"), self.env.cr.savepoint():
            mailing.write({"body_html": "<p>No way to leave</p>", "body_arch": "<p>No way to leave</p>"})
        self.assertEqual((mailing.state, mailing.body_html), ("in_queue", BODY))

    def test_better_words_in_its_place(self):
        """A change that is all right is taken, and it stays scheduled."""
        mailing = self.schedule()
        mailing.subject = "Better news"
        self.assertEqual((mailing.state, mailing.subject), ("in_queue", "Better news"))

    def test_another_day_in_the_calendar(self):
        """Stock's field moves the moment: the cron is woken then, and the steps say the same."""
        mailing, later = self.schedule(), self.moment + timedelta(days=3)
        mailing.schedule_date = later
        self.assertEqual((mailing.send_when, mailing.send_at), ("later", later))
        cron = self.env.ref("mass_mailing.ir_cron_mass_mailing_queue")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id), ("call_at", "=", later)]))

    def test_another_day_takes_an_approval_back(self):
        """C15: the moment belongs to what was approved."""
        mailing = self.make_mailing(self.requester)
        wizard = self.make_wizard(mailing)
        wizard.write({"when": "later", "send_at": self.moment})
        self.walk(wizard).action_request()
        mailing.with_user(self.sender).action_approve()
        self.assertTrue(mailing.is_scheduled)
        mailing.with_user(self.sender).schedule_date = self.moment + timedelta(days=3)
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "none"))
