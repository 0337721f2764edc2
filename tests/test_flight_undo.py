"""Some seconds to think again after "Send"."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestUndo(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.bulk_undo_seconds = 60
        groups = "base.group_user,mail.group_mail_template_editor,bulk_mailing.group_sender"
        cls.sender = new_test_user(cls.env, "sally.sender", groups=groups, email="sally@example.org")
        cls.make_contacts("ann@example.org", "bob@example.org")
        cls.mailing = cls.make_mailing()

    def press_send(self, **values):
        """The last button of the four steps."""
        wizard = self.env["mailing.send"].with_user(self.sender).create({"mailing_id": self.mailing.id, **values})
        wizard.terms_accepted = True
        wizard.action_send()
        self.env.flush_all()

    def depart(self):
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()

    def let_time_pass(self):
        """As if the seconds were over."""
        self.mailing.undo_until = "2020-01-01"
        self.env.flush_all()

    def assertIsDraft(self):
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("draft", False))
        self.assertFalse(self.mailing.undo_until or self.mailing.is_enqueuing)
        self.assertFalse(self.mailing.mailing_trace_ids)
        self.assertFalse(self.env["mailing.queue"].search_count([]))

    def test_lanes_wait(self):
        """After "Send" everybody is put into the queue, and nobody is mailed until the time to undo is over."""
        self.press_send()
        self.depart()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), queued=2)
        self.assertAlmostEqual(self.mailing.undo_seconds_left, 60, delta=30)
        self.let_time_pass()
        self.assertEqual(self.mailing.undo_seconds_left, 0)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)

    def test_lanes_come_back_in_time(self):
        """The lanes sleep until the time to undo is over, and not a second longer."""
        self.press_send()
        self.depart()
        seconds = self.env["mailing.queue"]._seconds_until_due()
        left = (self.mailing.undo_until - fields.Datetime.now()).total_seconds()
        self.assertAlmostEqual(seconds, left, delta=10)

    def test_undo_in_the_queue(self):
        """Undone before it was put into the queue it is a draft, and can be sent again."""
        self.press_send()
        self.mailing.with_user(self.sender).action_undo()
        self.assertIsDraft()
        self.depart()
        self.assertIsDraft()

    def test_undo_on_its_way(self):
        """Undone in the queue its recipients are forgotten; the history says who did it; it can be sent again."""
        self.press_send()
        self.depart()
        self.mailing.with_user(self.sender).action_undo()
        self.assertIsDraft()
        note = self.mailing.message_ids[0]
        self.assertIn("Undone", note.body)
        self.assertEqual(note.author_id, self.sender.partner_id)
        self.press_send()
        self.depart()
        self.let_time_pass()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)

    def test_undo_while_recipients_are_put_into_the_queue(self):
        """Undone during the enqueue, the rest is not put into the queue any more."""
        self.press_send()
        self.depart()
        self.mailing.is_enqueuing = True
        self.mailing.with_user(self.sender).action_undo()
        self.assertIsDraft()

    def test_too_late(self):
        """When the time is over, or somebody has been mailed, it says so in one sentence, and all stays as it is."""
        self.press_send()
        self.depart()
        self.let_time_pass()
        with self.assertRaisesRegex(UserError, "time to undo .* is over"):
            self.mailing.action_undo()
        [stream] = self.env["mailing.queue"]._streams()
        self.env["mailing.queue"]._claim(stream, "a lane", 1)
        self.env.invalidate_all()
        self.mailing.undo_until = "2099-01-01"
        with self.assertRaisesRegex(UserError, "has begun to leave"):
            self.mailing.action_undo()
        self.assertSummary(self.delivery_summary(self.mailing), sending=1, queued=1)

    def test_nothing_to_undo(self):
        """What was put into the queue by a program leaves at once, and for later there is "Cancel"."""
        self.mailing.action_put_in_queue()
        self.assertFalse(self.mailing.undo_until)
        with self.assertRaises(UserError):
            self.mailing.action_undo()
        self.mailing.action_cancel()
        self.press_send(when="later", send_at="2099-01-01 09:00:00")
        self.assertEqual((self.mailing.state, self.mailing.undo_until), ("in_queue", False))

    def test_no_time_wanted(self):
        """With 0 seconds it leaves at once."""
        self.env.company.bulk_undo_seconds = 0
        self.press_send()
        self.assertFalse(self.mailing.undo_until)

    def test_others_may_not(self):
        """Who may not send may not undo."""
        self.press_send()
        requester = new_test_user(self.env, "req", groups="bulk_mailing.group_requester")
        with self.assertRaises(AccessError):
            self.mailing.with_user(requester).action_undo()

    def test_setting(self):
        """Mail administrators set the seconds; nonsense is refused."""
        admin = new_test_user(self.env, "adm", groups="base.group_user,bulk_mailing.group_mail_admin")
        self.env["mailing.settings"].with_user(admin).browse(self.env.company.id).undo_seconds = 30
        self.assertEqual(self.env.company.bulk_undo_seconds, 30)
        for seconds in (-1, 601):
            with self.assertRaisesRegex(ValidationError, "0 to 600"):
                self.env.company.bulk_undo_seconds = seconds
