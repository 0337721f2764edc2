"""All but these: whose address is in certain selections or lists does not get the mailing."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .test_audience_selection import SelectionCase

IN_LEFT_OUT = "in a selection or list that is left out"


class LeftOutCase(SelectionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enforce("0")
        cls.buyers = cls.make_selection("Autumn buyers", [("function", "=", "buyer")])

    @classmethod
    def make_buyer(cls, email, model="res.partner"):
        return cls.env[model].create({"name": f"Buyer {email}", "email": email, "function": "buyer"})

    def excluded(self, mailing):
        return mailing._count_audience()["excluded"]


@tagged("post_install", "-at_install")
class TestLeftOut(LeftOutCase):
    def test_by_address_not_by_record(self):
        """C6: another record with the address is enough, however it is written."""
        self.make_buyer('"Ann B." <ANN@example.org>')
        self.assertEqual(self.mailing._count_audience(), {"to_send": 2, "excluded": {"mail_email_missing": 1}})
        self.mailing.left_out_filter_ids = self.buyers
        expected = {"to_send": 1, "excluded": {"mail_email_missing": 1, "bulk_left_out": 1}}
        self.assertEqual(self.mailing._count_audience(), expected)
        self.assertIn(f"1 {IN_LEFT_OUT}", self.mailing._excluded_in_words(expected["excluded"]))

    def test_international_domains(self):
        """C6: both spellings of a domain are one address."""
        self.contacts[0].email = "ann@xn--mller-kva.example"
        self.make_buyer("Ann@müller.example")
        self.mailing.left_out_filter_ids = self.buyers
        self.assertEqual(self.excluded(self.mailing)["bulk_left_out"], 1)

    def test_a_lead_and_its_customer(self):
        """C17: a lead is left out by its own address, however it is written, and by its customer's."""
        customer = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        lead, _other = self.env["crm.lead"].create(
            [
                {"name": "L1", "partner_id": customer.id, "referred": "x"},
                {"name": "L2", "email_from": "Bob <BOB@example.org>", "referred": "x"},
            ]
        )
        self.env.flush_all()  # Odoo keeps the two addresses alike where it can
        self.env.cr.execute("UPDATE crm_lead SET email_normalized = 'ann@work.example' WHERE id = %s", [lead.id])
        self.contacts[2].email = "ann@work.example"
        leads = self.make_selection("L", [("referred", "=", "x")], model="crm.lead")
        mailing = self.make_mailing(self.env.user, left_out_filter_ids=[(6, 0, leads.ids)])
        self.assertEqual(self.excluded(mailing), {"bulk_left_out": 3})

    def test_lists(self):
        """C6: who is on a list that is left out, also who left it, and also where it is one that is mailed."""
        friends = self.env["mailing.list"].create({"name": "Friends"})
        self.contacts[1].copy({"email": "bob@example.org", "list_ids": [(6, 0, friends.ids)]})
        friends.contact_ids.subscription_ids.opt_out = True
        self.mailing.left_out_list_ids = friends
        self.assertEqual(self.excluded(self.mailing)["bulk_left_out"], 1)
        self.assertEqual(self.mailing._describe_audience(), "Readers (3), but not to Friends")

    def test_weightier_reasons_come_first(self):
        """C6: who is blacklisted or has left is told so; who is left out is no duplicate."""
        self.env["mail.blacklist"]._add("ann@example.org")
        self.contacts[1].subscription_ids.opt_out = True
        self.contacts[2].email = "cyd@example.org"
        self.contacts[2].copy({"list_ids": [(6, 0, self.list.ids)]})
        for name in ("ann", "bob", "cyd"):
            self.make_buyer(f"{name}@example.org")
        self.mailing.left_out_filter_ids = self.buyers
        self.assertEqual(self.excluded(self.mailing), {"mail_bl": 1, "mail_optout": 1, "bulk_left_out": 2})

    def test_nested_and_followed(self):
        """C15, C17: a mini-selection can be left out; a change of it takes a request back."""
        self.enforce("1")
        self.make_buyer("ann@example.org").city = "Amsterdam"
        self.make_buyer("bob@example.org")
        mini = self.make_selection("Amsterdam", [("city", "=", "Amsterdam")], parent_id=self.buyers.id)
        mailing = self.make_mailing(self.requester, left_out_filter_ids=[(6, 0, mini.ids)])
        self.assertEqual(self.excluded(mailing)["bulk_left_out"], 1)
        self.walk(self.make_wizard(mailing)).action_request()
        self.assertEqual(mailing.request_state, "requested")
        self.buyers.with_user(self.sender).mailing_domain = "[]"
        self.assertEqual(mailing.request_state, "none")

    def test_with_the_senders_rights(self):
        """C15: nobody learns who is in a selection whose records they may not read."""
        leads = self.make_selection("L", [], model="crm.lead")
        sender = new_test_user(self.env, "salesman", groups="bulk_mailing.group_sender,sales_team.group_sale_salesman")
        self.env["crm.lead"].create(
            [
                {"name": "Own", "email_from": "ann@example.org", "user_id": sender.id},
                {"name": "Other's", "email_from": "bob@example.org", "user_id": self.sender.id},
            ]
        )
        mailing = self.make_mailing(sender, left_out_filter_ids=[(6, 0, leads.ids)])
        self.assertEqual(self.excluded(mailing)["bulk_left_out"], 1)
        with self.assertRaises(AccessError):
            self.make_mailing(self.sender, left_out_filter_ids=[(6, 0, leads.ids)])._count_audience()

    def test_in_the_four_steps(self):
        """C6: the step counts while it is filled in, and the overview says it."""
        self.make_buyer("ann@example.org")
        self.list.usable_for_mailing = True
        wizard = self.walk(self.make_wizard(self.mailing), "audience")
        form = Form(wizard)
        self.assertEqual(form.to_send_count, 2)
        form.left_out_filter_ids.add(self.buyers)
        self.assertEqual(form.to_send_count, 1)
        self.assertIn(IN_LEFT_OUT, form.excluded_in_words)
        self.assertFalse(self.mailing.left_out_filter_ids)
        form.save()
        self.assertEqual(self.mailing.left_out_filter_ids, self.buyers)
        self.assertEqual(wizard.audience_in_words, "Readers (3), but not to Autumn buyers")

    def test_sent_on_both_engines(self):
        """C6: whoever is left out has a trace with the reason; on Odoo's own queue too."""
        self.make_buyer("Ann@example.org")
        self.contacts[1].copy({"email": "bob@example.org", "list_ids": [(6, 0, self.list.ids)]})
        self.make_buyer("bob@example.org")
        self.contacts.create({"name": "Cyd", "email": "cyd@example.org", "list_ids": [(6, 0, self.list.ids)]})
        for engine in ("queue", "classic"):
            mailing = self.make_mailing(self.env.user, left_out_filter_ids=[(6, 0, self.buyers.ids)])
            mailing.send_engine = engine
            mailing.action_send_mail()
            traces = mailing.mailing_trace_ids
            left_out = traces.filtered(lambda trace: trace.failure_type == "bulk_left_out")
            self.assertEqual(left_out.mapped("trace_status"), ["cancel"] * 3, engine)
            self.assertEqual(sorted(left_out.mapped("email")), ["ann@example.org"] + ["bob@example.org"] * 2, engine)
            rest = traces - left_out
            self.assertEqual(sorted(rest.mapped("email")), ["", "cyd@example.org"], engine)
