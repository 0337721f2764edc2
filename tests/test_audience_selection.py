"""Selections within selections, and the mailings that follow them."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .series_case import SeriesCase


class SelectionCase(SeriesCase):
    """Three contacts in the Netherlands, two of them in Amsterdam; a selection, and a mini-selection within it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.net", "ref": "nl", "city": city}
                for name, city in (("Ada", "Amsterdam"), ("Bea", "Amsterdam"), ("Cas", "Utrecht"))
            ]
        )
        cls.dutch = cls.make_selection("Dutch customers", [("ref", "=", "nl")])
        cls.amsterdam = cls.make_selection("Amsterdam", [("city", "=", "Amsterdam")], parent_id=cls.dutch.id)

    @classmethod
    def make_selection(cls, name, domain, model="res.partner", **values):
        return cls.env["mailing.filter"].create(
            {
                "name": name,
                "mailing_model_id": cls.env["ir.model"]._get_id(model),
                "mailing_domain": repr(domain),
                **values,
            }
        )

    def mail_to(self, selection, user=None):
        """A draft to this selection, which may be mailed, as a screen makes it."""
        selection.sudo().usable_for_mailing = True
        model = selection.mailing_model_id
        return self.make_mailing(user or self.sender, mailing_model_id=model.id, mailing_filter_id=selection.id)

    def names(self, mailing):
        """Who would get it now."""
        return sorted(self.people.search(mailing._get_recipients_domain()).mapped("name"))


@tagged("post_install", "-at_install")
class TestMiniSelections(SelectionCase):
    def test_a_selection_within_a_selection(self):
        """C6, C17: who is in a mini-selection is in the selections around it too, and its name says where it lies."""
        self.env["res.partner"].create({"name": "Dag", "email": "dag@example.net", "city": "Amsterdam"})
        mailing = self.mail_to(self.amsterdam)
        self.assertEqual(self.names(mailing), ["Ada", "Bea"])
        self.assertEqual(self.amsterdam.display_name, "Dutch customers / Amsterdam")
        self.assertEqual(mailing._describe_audience(), "Dutch customers / Amsterdam (Contact)")
        deeper = self.make_selection("A", [("name", "=", "Ada")], parent_id=self.amsterdam.id)
        self.assertEqual(self.names(self.mail_to(deeper)), ["Ada"])
        self.assertIn(self.amsterdam.id, dict(self.env["mailing.filter"].name_search("Dutch")))

    def test_no_loops(self):
        """C17: nothing lies within itself."""
        with self.assertRaisesRegex(ValidationError, "within itself"):
            self.dutch.parent_id = self.amsterdam

    def test_one_kind_of_record(self):
        """C17: nothing lies within a selection of other records, also when the outer one changes."""
        with self.assertRaisesRegex(ValidationError, "same kind of record"):
            self.make_selection("Leads", [], model="crm.lead", parent_id=self.dutch.id)
        with self.assertRaisesRegex(ValidationError, "same kind of record"):
            self.dutch.write({"mailing_model_id": self.env["ir.model"]._get_id("crm.lead"), "mailing_domain": "[]"})

    def test_in_the_four_steps(self):
        """C6: the step “Who and when” counts a mini-selection as what it is."""
        wizard = self.make_wizard(self.mailing)
        self.walk(wizard, "audience")
        form = Form(wizard)
        form.audience_kind = "selection"
        form.mailing_filter_id = self.amsterdam
        self.assertEqual(form.to_send_count, 2)
        form.save()
        self.assertEqual(self.names(self.mailing), ["Ada", "Bea"])
        self.assertTrue(self.mailing._follows_selection())

    def test_narrowed_and_kept(self):
        """C17: what narrows a selection for one mailing is kept as a mini-selection, which follows the selection."""
        wizard = self.walk(self.make_wizard(self.mail_to(self.dutch)), "audience")
        form = Form(wizard)
        self.assertFalse(form.is_selection_changed)
        form.mailing_domain = "['&', ('ref', '=', 'nl'), ('city', '=', 'Utrecht')]"
        self.assertTrue(form.is_selection_changed)
        form.mini_name = "Utrecht"
        form.save()
        wizard.action_keep_mini()
        mini = wizard.mailing_id.mailing_filter_id
        self.assertEqual(mini.display_name, "Dutch customers / Utrecht")
        self.assertEqual(mini.mailing_domain, "[('city', '=', 'Utrecht')]")
        self.assertEqual((self.names(wizard.mailing_id), wizard.is_selection_changed), (["Cas"], False))

    def test_narrowed_as_soon_as_chosen(self):
        """C17: conditions that are added before anything is saved are not lost; without any it is the selection."""
        wizard = self.walk(self.make_wizard(self.mailing), "audience")
        form = Form(wizard)
        form.audience_kind = "selection"
        form.mailing_filter_id = self.dutch
        form.mailing_domain = "['&', ('ref', '=', 'nl'), ('city', '=', 'Utrecht')]"
        self.assertEqual(form.to_send_count, 1)
        form.save()
        self.assertEqual((self.mailing.mailing_filter_id, self.names(self.mailing)), (self.dutch, ["Cas"]))
        other = self.make_wizard(self.make_mailing(self.sender))
        other.write({"audience_kind": "selection", "mailing_filter_id": self.dutch.id})
        self.assertEqual(self.names(other.mailing_id), ["Ada", "Bea", "Cas"])

    def test_what_does_not_narrow_is_no_mini_selection(self):
        """C17: conditions that let others in, or have no name, are not kept as one."""
        for domain, name, words in (
            ("[('city', '=', 'Utrecht')]", "Utrecht", "do not only narrow"),
            ("['|', ('ref', '=', 'nl'), ('city', '=', 'Utrecht')]", "Utrecht", "do not only narrow"),
            ("[('ref', '=', 'nl'), ('city', '=', 'Utrecht')]", " ", "a name"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.dutch._narrowed_to(domain, name)


@tagged("post_install", "-at_install")
class TestMailingsFollowSelections(SelectionCase):
    def test_a_changed_parent_changes_what_is_sent(self):
        """C17: a dynamic selection is what it is when the mailing leaves; one that has left keeps what it was."""
        mailing, done = self.mail_to(self.amsterdam), self.mail_to(self.amsterdam)
        done.sudo().write({"state": "done"})
        before = done.mailing_domain
        self.people[2].city = "Amsterdam"
        self.people[0].ref = "be"
        self.dutch.mailing_domain = "[('ref', '=', 'be')]"
        self.assertEqual(self.names(mailing), ["Ada"])
        self.assertEqual(done.mailing_domain, before)
        self.amsterdam.parent_id = False
        self.assertEqual(self.names(mailing), ["Ada", "Bea", "Cas"])

    def test_conditions_of_ones_own_stay(self):
        """C17: what was changed for one mailing alone does not follow the selection, and the screens say so."""
        mailing = self.mail_to(self.amsterdam)
        mailing.mailing_domain = "[('name', '=', 'Cas')]"
        self.dutch.mailing_domain = "[('ref', '=', 'be')]"
        self.assertEqual(self.names(mailing), ["Cas"])
        self.assertIn("changed for this mailing", mailing._describe_audience())

    def test_an_approval_is_for_who_was_in_it(self):
        """C15: a change of the selection, or of one around it, takes a request and an approval back."""
        mailing = self.mail_to(self.amsterdam, self.requester)
        self.walk(self.make_wizard(mailing)).action_request()
        self.dutch.with_user(self.sender).mailing_domain = "[('ref', '!=', 'nl')]"
        self.assertEqual(mailing.request_state, "none")
        self.dutch.mailing_domain = "[('ref', '=', 'nl')]"
        self.walk(self.make_wizard(mailing)).action_request()
        mailing.with_user(self.sender).action_approve()
        self.assertEqual(mailing.state, "in_queue")
        self.amsterdam.with_user(self.sender).mailing_domain = "[('city', '=', 'Utrecht')]"
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "none"))

    def test_a_requester_changes_nobody_elses_schedule(self):
        """C15: what a sender has scheduled is a draft again when who may not send changes its selection."""
        own = self.dutch.with_user(self.requester).create(
            {"name": "Mine", "mailing_model_id": self.dutch.mailing_model_id.id, "mailing_domain": "[('ref','=','nl')]"}
        )
        mailing = self.mail_to(own)
        self.walk(self.make_wizard(mailing)).action_send()
        own.with_user(self.sender).mailing_domain = "[('ref', '=', 'nl'), ('city', '=', 'Utrecht')]"
        self.assertEqual(mailing.state, "in_queue")
        own.mailing_domain = "[]"
        self.assertEqual(mailing.state, "draft")
        self.assertIn(self.sender.partner_id, mailing.message_ids.notified_partner_ids)

    def test_each_run_of_a_series(self):
        """C22: a date takes the selection as it is then; a requester's change pauses the series."""
        mine = self.dutch.with_user(self.requester).create(
            {"name": "Mine", "mailing_model_id": self.dutch.mailing_model_id.id, "mailing_domain": "[('ref','=','nl')]"}
        )
        series = self.start(self.make_series(self.mail_to(mine)))
        self.run_cron("2026-10-19 07:00:00")
        mine.with_user(self.sender).mailing_domain = "[('ref', '=', 'nl'), ('city', '=', 'Utrecht')]"
        self.run_cron("2026-10-26 08:00:00")
        second, first = series.run_ids.mailing_id
        self.assertEqual((self.names(first), self.names(second)), (["Cas"], ["Cas"]), "neither has left yet")
        self.assertEqual(series.state, "running")
        mine.mailing_domain = "[]"
        self.assertEqual(series.state, "paused")
