"""Lists and selections are mailed when somebody who may send has switched them on and said why."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .. import keep_scheduled_usable
from .test_audience_selection import SelectionCase

WHY = "They asked for it on our site"


@tagged("post_install", "-at_install")
class TestUsable(SelectionCase):
    def setUp(self):
        super().setUp()
        self.list.usable_for_mailing = False
        self.wizard = self.walk(self.make_wizard(self.mailing), "audience")

    def test_off_until_switched_on(self):
        """C16: new lists and selections are off; the step says so, and is not left."""
        made = self.env["mailing.list"].create({"name": "New"})
        self.assertFalse(made.usable_for_mailing or self.dutch.usable_for_mailing)
        self.assertEqual(self.wizard.unusable_in_words, "“Readers”")
        with self.assertRaisesRegex(UserError, "Readers"):
            self.wizard.action_next()
        self.wizard.mailing_filter_id = self.amsterdam
        self.assertEqual(self.wizard.unusable_in_words, "“Amsterdam”")

    def test_asked_once_with_the_reason(self):
        """C16: without a reason nothing is switched on; who, when and why are kept, and nobody is asked again."""
        with self.assertRaisesRegex(UserError, "where the addresses come from"):
            self.wizard.action_switch_on()
        self.wizard.usable_reason = WHY
        self.wizard.action_switch_on()
        self.assertEqual((self.list.usable_for_mailing, self.list.usable_reason), (True, WHY))
        self.assertEqual(self.list.usable_by_id, self.sender)
        self.assertTrue(self.list.usable_at)
        self.wizard.action_next()
        other = self.walk(self.make_wizard(self.make_mailing(self.sender)), "checks")
        self.assertFalse(other.unusable_in_words)

    def test_conditions_beyond_the_selection(self):
        """C16: who is not in what was switched on is not mailed under its name; narrower conditions are all right."""
        self.amsterdam.sudo().usable_for_mailing = True
        selected = {"mailing_model_id": self.amsterdam.mailing_model_id.id, "mailing_filter_id": self.amsterdam.id}
        whole = self.amsterdam._parsed_whole_domain()
        for beyond in ("[]", "[('id', '>', 0)]", repr(list(whole | Domain("id", ">", 0)))):
            self.mailing.write({**selected, "mailing_domain": beyond})
            with self.assertRaisesRegex(UserError, "reach beyond"):
                self.wizard.action_next()
            self.mailing._accept_terms()
            with self.assertRaisesRegex(UserError, "reach beyond"), self.env.cr.savepoint():
                self.mailing.write({"state": "in_queue"})
        self.mailing.mailing_domain = repr(list(Domain("id", ">", 0) & whole))
        self.mailing._check_within_selection()

    def test_refused_in_the_model(self):
        """C16: whoever goes past the screens is refused; what is switched off meanwhile does not leave."""
        self.mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "not switched on"):
            self.mailing.write({"state": "in_queue"})
        self.list.usable_for_mailing = True
        self.mailing.action_put_in_queue()
        self.list.usable_for_mailing = False
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.mailing.flight_state, "paused")
        self.assertIn("Readers", self.mailing.flight_reason)
        self.assertFalse(self.mailing.mailing_trace_ids)

    def test_nothing_is_asked_where_nothing_is_enforced(self):
        """C16: the parameter that lifts terms and checks lifts this too."""
        self.enforce("0")
        self.mailing.action_put_in_queue()
        self.assertEqual(self.mailing.state, "in_queue")

    def test_a_requester_may_not_switch_on(self):
        """C15, C16: not in the steps, not by writing or creating, not by changing what was switched on."""
        wizard = self.walk(self.make_wizard(self.make_mailing(self.requester)), "audience")
        wizard.usable_reason = WHY
        self.assertFalse(wizard.may_switch_on)
        with self.assertRaises(AccessError):
            wizard.action_switch_on()
        values = {"name": "Mine", "mailing_model_id": self.dutch.mailing_model_id.id, "mailing_domain": "[]"}
        selections = self.env["mailing.filter"].with_user(self.requester)
        with self.assertRaises(AccessError):
            selections.create({**values, "usable_for_mailing": True})
        with self.assertRaises(AccessError):
            selections.with_context(default_usable_for_mailing=True).create(values)
        own = selections.create(values)
        with self.assertRaises(AccessError):
            own.usable_for_mailing = True
        own.with_user(self.sender)._switch_on(WHY)
        own.write({"usable_by_id": self.admin.id})
        self.assertEqual(own.usable_by_id, self.sender)
        own.name = "Still mine"
        self.assertTrue(own.usable_for_mailing)
        own.mailing_domain = "[('ref', '=', 'nl')]"
        self.assertFalse(own.usable_for_mailing, "it was switched on for other people")

    def test_what_was_scheduled_before_the_addon_goes_out(self):
        """C16: installing it holds up nothing that waits to be sent, and switches nothing else on."""
        other = self.env["mailing.list"].create({"name": "Others"})
        self.mailing.sudo().state = "in_queue"
        keep_scheduled_usable(self.env)
        self.assertTrue(self.list.usable_for_mailing)
        self.assertFalse(other.usable_for_mailing)
