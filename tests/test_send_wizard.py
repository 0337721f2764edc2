"""The four steps, driven as a screen or a script drives them."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..core.checks import CHECKS
from .people import BODY, PeopleCase

LARGE = BODY + "<p>" + "x" * 105_000 + "</p>"


@tagged("post_install", "-at_install")
class TestSendWizard(PeopleCase):
    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.sender)
        self.wizard = self.make_wizard(self.mailing)

    def test_four_steps_and_sent(self):
        """C2, C12, C20, C38: terms, who and when, checks, overview, and the mailing is in the queue."""
        self.assertEqual(self.wizard.step, "terms")
        self.wizard.terms_accepted = True
        steps = []
        for _number in range(3):
            self.wizard.action_next()
            steps.append(self.wizard.step)
        self.assertEqual(steps, ["audience", "checks", "review"])
        action = self.wizard.action_send()
        self.assertEqual((action["res_model"], action["res_id"]), ("mailing.mailing", self.mailing.id))
        self.assertEqual((self.mailing.state, self.mailing.sender_user_id), ("in_queue", self.sender))
        self.assertEqual((self.mailing.schedule_type, self.mailing.schedule_date), ("now", False))
        kept = self.env["mailing.terms.acceptance"].search([("mailing_id", "=", self.mailing.id)])
        self.assertEqual(kept.user_id, self.sender)

    def test_terms_must_be_accepted(self):
        """C3: the first step is not left without the tick, by button or by writing the step."""
        with self.assertRaisesRegex(UserError, "tick"):
            self.wizard.action_next()
        with self.assertRaisesRegex(UserError, "tick"):
            self.wizard.write({"step": "review"})
        with self.assertRaisesRegex(UserError, "tick"):
            self.wizard.action_send()
        self.assertEqual(self.mailing.state, "draft")

    def test_step_says_what_is_missing(self):
        """C6, C7, C21: no list, no selection, no moment or one that has passed."""
        self.walk(self.wizard, "audience")
        self.wizard.contact_list_ids = False
        with self.assertRaisesRegex(UserError, "mailing list"):
            self.wizard.action_next()
        self.wizard.audience_kind = "selection"
        with self.assertRaisesRegex(UserError, "selection"):
            self.wizard.action_next()
        self.wizard.write({"audience_kind": "everybody", "when": "later"})
        with self.assertRaisesRegex(UserError, "day"):
            self.wizard.action_next()
        self.wizard.send_at = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "passed"):
            self.wizard.action_next()
        self.assertEqual(self.wizard.step, "audience")

    def test_errors_and_unread_warnings_hold_up(self):
        """C9, C35: the step of the checks is left when errors are mended and warnings read."""
        self.mailing.body_html = LARGE.replace("/unsubscribe_from_list", "/nowhere")
        self.walk(self.wizard, "checks")
        self.assertEqual(
            (self.wizard.error_count, self.wizard.warning_count, self.wizard.passed_count), (1, 1, len(CHECKS) - 2)
        )
        with self.assertRaisesRegex(UserError, "unsubscribe"):
            self.wizard.action_next()
        self.mailing.body_html = LARGE
        self.wizard.action_check_again()
        self.assertEqual((self.wizard.error_count, self.wizard.unread_warning_count), (0, 1))
        with self.assertRaisesRegex(UserError, "Gmail"):
            self.wizard.action_next()
        self.wizard.action_acknowledge_warnings()
        self.wizard.action_next()
        self.assertEqual(self.wizard.step, "review")

    def test_a_change_after_the_checks_is_checked_again(self):
        """C9: what was spoilt after the overview was reached does not leave, and the mailing stays as it was."""
        self.walk(self.wizard)
        self.mailing.body_html = "<p>No way out</p>"
        with self.assertRaisesRegex(UserError, "unsubscribe"), self.cr.savepoint():
            self.wizard.action_send()
        self.assertEqual((self.mailing.state, self.mailing.sender_user_id.id), ("draft", False))

    def test_going_back(self):
        """C2, C37: steps behind can be gone back to, and forth again only through the checks."""
        self.walk(self.wizard)
        self.wizard.action_back()
        self.assertEqual(self.wizard.step, "checks")
        self.wizard.with_context(step="audience").action_go_to_step()
        self.assertEqual(self.wizard.step, "audience")
        self.wizard.contact_list_ids = False
        with self.assertRaisesRegex(UserError, "mailing list"):
            self.wizard.write({"step": "review"})

    def test_choices_survive_the_window(self):
        """C8, C18, C19, C24: what was chosen is on the mailing, and a new window shows it."""
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=3)
        self.walk(self.wizard, "audience")
        self.wizard.write(
            {
                "description": "Spring",
                "exclude_duplicates": False,
                "track_links": False,
                "track_opens": True,
                "when": "later",
                "send_at": moment,
            }
        )
        self.assertEqual((self.mailing.description, self.mailing.send_when), ("Spring", "later"))
        self.wizard.sudo().unlink()
        again = self.env["mailing.send"].with_user(self.sender).browse(self.mailing.action_open_send()["res_id"])
        self.assertEqual(again.description, "Spring")
        self.assertEqual((again.exclude_duplicates, again.track_links, again.track_opens), (False, False, True))
        self.assertEqual((again.when, again.send_at, again.terms_accepted), ("later", moment, True))

    def test_opening_again_goes_on_where_one_was(self):
        """C2: the terms are not read twice for one mailing; a step is only entered when those before it hold."""
        opened = self.wizard.browse(self.mailing.action_open_send()["res_id"])
        self.assertEqual(opened.step, "terms")
        self.walk(opened)
        self.assertEqual(self.wizard.browse(self.mailing.action_open_send()["res_id"]).step, "review")
        self.mailing.body_html = "<p>No way out</p>"
        self.assertEqual(self.wizard.browse(self.mailing.action_open_send()["res_id"]).step, "checks")

    def test_numbers_and_reasons(self):
        """C12, C18, C37: how many get it and how many do not, by reason in words."""
        self.contacts.create({"name": "Ann again", "email": "ANN@example.org", "list_ids": [(6, 0, self.list.ids)]})
        self.env["mail.blacklist"]._add("bob@example.org")
        self.assertEqual((self.wizard.to_send_count, self.wizard.excluded_count), (1, 3))
        for words in ("1 on the exclusion list", "1 without address", "1 double (same address)"):
            self.assertIn(words, self.wizard.with_context(lang="en_US").excluded_in_words)

    def test_live_count(self):
        """C6: the numbers follow the screen before anything is saved."""
        self.walk(self.wizard, "audience")
        more = self.list.create({"name": "More"})
        self.contacts.create({"name": "Cas", "email": "cas@example.org", "list_ids": [(6, 0, more.ids)]})
        form = Form(self.wizard)
        self.assertEqual(form.to_send_count, 2)
        form.contact_list_ids.add(more)
        self.assertEqual(form.to_send_count, 3)
        self.assertEqual(self.mailing.contact_list_ids, self.list, "nothing is written before it is saved")
        form.audience_kind = "everybody"
        self.assertEqual(form.mailing_model_id.model, "res.partner")
        form.save()
        self.assertEqual(self.mailing.mailing_model_name, "res.partner")

    def test_selection(self):
        """C6, C17: a saved selection brings its model and its conditions along."""
        self.env["res.partner"].create(
            [{"name": "Zed", "email": f"zed{n}@example.org", "ref": "zed"} for n in range(3)]
        )
        selection = self.env["mailing.filter"].create(
            {
                "name": "The Zeds",
                "usable_for_mailing": True,
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": "[('ref', '=', 'zed')]",
            }
        )
        self.walk(self.wizard, "audience")
        form = Form(self.wizard)
        form.audience_kind = "selection"
        form.mailing_filter_id = selection
        self.assertEqual(form.to_send_count, 3)
        form.save()
        self.assertEqual(self.mailing.mailing_filter_id, selection)
        self.assertEqual(self.mailing.mailing_domain, selection.mailing_domain)
        self.assertEqual(self.wizard.audience_kind, "selection")
        self.wizard.action_next()
        other = self.make_wizard(self.make_mailing(self.sender))
        other.mailing_filter_id = selection
        self.assertEqual((other.mailing_id.mailing_model_name, other.to_send_count), ("res.partner", 3))
        self.assertEqual(other.audience_kind, "selection")

    def test_no_number_before_a_selection(self):
        """C6: nobody is counted for a selection that has not been chosen; conditions of one's own are one."""
        self.env["res.partner"].create({"name": "Zed", "email": "zed@example.org", "ref": "zed"})
        self.walk(self.wizard, "audience")
        form = Form(self.wizard)
        self.assertFalse(form.is_selection_missing)
        form.audience_kind = "selection"
        self.assertEqual((form.is_selection_missing, form.to_send_count, form.excluded_count), (True, 0, 0))
        form.mailing_domain = "[('ref', '=', 'zed')]"
        self.assertEqual((form.is_selection_missing, form.to_send_count), (False, 1))
        form.mailing_domain = "[]"
        self.assertTrue(form.is_selection_missing)
        form.save()
        self.env.invalidate_all()
        self.assertEqual((self.wizard.is_selection_missing, self.wizard.to_send_count), (True, 0))
        self.wizard.audience_kind = "everybody"
        self.assertFalse(self.wizard.is_selection_missing)
        self.assertGreater(self.wizard.to_send_count, 0)

    def test_everybody(self):
        """C17: everybody is everybody in the database that is chosen."""
        self.wizard.audience_kind = "everybody"
        self.assertEqual(self.mailing.mailing_model_name, "res.partner")
        self.assertFalse(self.mailing.mailing_filter_id)
        self.assertFalse(self.mailing._has_conditions())
        self.wizard.audience_kind = "list"
        self.assertEqual(self.mailing.mailing_model_name, "mailing.list")
        self.assertEqual(self.mailing.contact_list_ids, self.list)

    def test_the_last_question(self):
        """C12, C13: it names the number, and can be answered with "not yet"."""
        self.walk(self.wizard)
        self.wizard.action_ask()
        self.assertTrue(self.wizard.is_confirming)
        self.assertEqual(self.wizard.with_context(lang="en_US").question, "Send to 2 people?")
        self.wizard.action_not_yet()
        self.assertEqual((self.wizard.is_confirming, self.mailing.state), (False, "draft"))

    def test_sent_once(self):
        """C13: a mailing that has been given for sending has no four steps any more."""
        self.walk(self.wizard).action_send()
        for call in (self.wizard.action_send, self.mailing.action_open_send):
            with self.assertRaisesRegex(UserError, "already"):
                call()

    def test_a_requester_walks_and_cannot_send(self):
        """C15: a requester goes through all steps, reads who may send, and is refused by the server."""
        wizard = self.walk(self.make_wizard(self.make_mailing(self.requester)))
        self.assertEqual((wizard.step, wizard.must_request), ("review", True))
        self.assertIn(self.sender.name, wizard.senders_in_words)
        for call in (wizard.action_ask, wizard.action_send):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(wizard.mailing_id.state, "draft")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_wizards_are_ones_own(self):
        """C15: nobody sends through the window of somebody else."""
        with self.assertRaises(AccessError):
            self.wizard.with_user(self.admin).action_next()
