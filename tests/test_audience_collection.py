"""A collection: the leads of the contacts in a selection, and what else hangs on records of a selection."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user, tagged

from .test_audience_left_out import LeftOutCase


@tagged("post_install", "-at_install")
class TestCollections(LeftOutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_model = cls.env["ir.model"]._get("crm.lead")
        other = cls.env["res.partner"].create({"name": "Dag", "email": "dag@example.net"})
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": name, "partner_id": partner.id, "priority": priority}
                for name, partner, priority in (
                    ("Pumps", cls.people[0], "0"),
                    ("Pipes", cls.people[0], "3"),
                    ("Hoses", cls.people[2], "3"),
                    ("Taps", other, "3"),
                )
            ]
        )

    def collect(self, **values):
        field = self.env["ir.model.fields"]._get("crm.lead", "partner_id")
        values = {"parent_id": self.dutch.id, "collected_by_id": field.id, **values}
        return self.make_selection("Leads", values.pop("domain", []), model="crm.lead", **values)

    def lead_names(self, mailing):
        return sorted(self.leads.search(mailing._get_recipients_domain()).mapped("name"))

    def test_leads_of_the_contacts_in_a_selection(self):
        """C17: the leads whose customer is in the selection; each of them, or once an address."""
        mailing = self.mail_to(self.collect(), self.env.user)
        self.assertEqual(self.lead_names(mailing), ["Hoses", "Pipes", "Pumps"])
        self.assertEqual(mailing._count_audience(), {"to_send": 2, "excluded": {"mail_dup": 1}})
        self.assertEqual(mailing._describe_audience(), f"Dutch customers / Leads ({self.lead_model.name})")
        self.people[2].active = False
        self.assertEqual(self.lead_names(mailing), ["Pipes", "Pumps"], "who is archived is in no selection")

    def test_mini_collection(self):
        """C17: with conditions of its own on the leads; or within a collection, a mini-selection as others."""
        self.assertEqual(
            self.lead_names(self.mail_to(self.collect(domain=[("priority", "=", "3")]))), ["Hoses", "Pipes"]
        )
        mini = self.make_selection("Hot", [("priority", "=", "3")], model="crm.lead", parent_id=self.collect().id)
        self.assertEqual(mini.display_name, "Dutch customers / Leads / Hot")
        mailing = self.mail_to(mini)
        self.dutch.mailing_domain = "[('ref', '=', 'nl'), ('city', '=', 'Utrecht')]"
        self.assertEqual(self.lead_names(mailing), ["Hoses"], "it follows the contacts' selection")

    def test_only_by_a_field_that_leads_there(self):
        """C17: a collection hangs on its selection by a field that leads to those records."""
        wrong = self.env["ir.model.fields"]._get("crm.lead", "user_id")
        with self.assertRaisesRegex(ValidationError, "cannot hang on"):
            self.collect(collected_by_id=wrong.id)

    def test_left_out(self):
        """C6: a collection can be left out of a mailing to others."""
        self.contacts[0].email = "ada@example.net"
        mailing = self.make_mailing(self.env.user, left_out_filter_ids=[(6, 0, self.collect().ids)])
        self.assertEqual(mailing._count_audience()["excluded"]["bulk_left_out"], 1)

    def test_with_the_senders_rights(self):
        """C15: of the leads, those that the sender may read."""
        salesman = new_test_user(
            self.env, "salesman", groups="bulk_mailing.group_sender,sales_team.group_sale_salesman"
        )
        self.leads.user_id = self.env.user
        self.leads[0].user_id = salesman
        mailing = self.mail_to(self.collect(), salesman)
        self.assertEqual(mailing._count_audience(), {"to_send": 1, "excluded": {}})
        self.assertIn(self.lead_model, self.dutch.with_user(salesman)._collectable_models())
        self.assertNotIn(self.lead_model, self.dutch.with_user(self.sender)._collectable_models())

    def test_in_the_four_steps(self):
        """C17: “and mail their leads” counts at once, and is kept as a collection that others use too."""
        self.enforce("1")
        user = new_test_user(
            self.env,
            "seller",
            groups="bulk_mailing.group_sender,sales_team.group_sale_salesman_all_leads,mail.group_mail_template_editor",
        )
        for _time in range(2):
            mailing = self.make_mailing(user)
            wizard = self.walk(self.make_wizard(mailing), "audience")
            form = Form(wizard)
            form.audience_kind = "selection"
            form.mailing_filter_id = self.dutch
            self.assertEqual(form.to_send_count, 3)
            form.collected_model_id = self.lead_model
            self.assertEqual((form.to_send_count, form.excluded_count), (2, 1))
            form.save()
            self.assertEqual(mailing.mailing_filter_id.parent_id, self.dutch)
            self.assertEqual(self.lead_names(mailing), ["Hoses", "Pipes", "Pumps"])
            self.assertEqual((wizard.to_send_count, wizard.mailing_filter_id), (2, mailing.mailing_filter_id))
        self.assertEqual(len(self.dutch.child_ids.filtered("collected_by_id")), 1)
        self.assertEqual(wizard.unusable_in_words, f"“{self.lead_model.name}”")

    def test_on_its_page(self):
        """C17: the page of a selection proposes the field by which it hangs on another."""
        form = Form(self.env["mailing.filter"])
        form.name = "Leads"
        form.mailing_model_id = self.lead_model
        form.parent_id = self.dutch
        self.assertEqual(form.collected_by_id.name, "partner_id")
        form.parent_id = self.collect()
        self.assertFalse(form.collected_by_id)
        form.mailing_domain = "[]"
        self.assertEqual(form.save().display_name, "Dutch customers / Leads / Leads")
