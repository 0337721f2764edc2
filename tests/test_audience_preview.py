"""Who is in and who is out, with names and reasons, before anything is sent."""

from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .test_audience_left_out import LeftOutCase


@tagged("post_install", "-at_install")
class TestAudiencePreview(LeftOutCase):
    def look(self, mailing=None):
        """The list as the person who made the mailing sees it: pairs of name and why."""
        mailing = (mailing or self.mailing).with_context(lang="en_US")
        action = mailing.action_view_audience()
        self.members = mailing.env[action["res_model"]].search(action["domain"])
        return [(member.name, member.why) for member in self.members]

    def test_everybody_with_name_and_reason(self):
        """C12, C18: who gets it and who does not, and why not; of doubles, who gets it instead."""
        twin = {"email": "ANN@example.org", "list_ids": [(6, 0, self.list.ids)]}
        self.contacts.create([{"name": "Ann again", **twin}, {"name": "Ann once more", **twin}])
        self.make_buyer("bob@example.org")
        self.mailing.left_out_filter_ids = self.buyers
        self.assertEqual(
            self.look(),
            [
                ("Ann", "gets it"),
                ("Bob", "in a selection or list that is left out"),
                ("Nobody", "without address"),
                ("Ann again", "double: Ann (ann@example.org) gets it"),
                ("Ann once more", "double: Ann (ann@example.org) gets it"),
            ],
        )
        self.assertEqual(self.members[0].outcome, "gets_it")
        self.assertEqual(self.members[3].email, "ANN@example.org")
        self.assertEqual(self.members[0].action_open_record()["res_id"], self.contacts[0].id)
        self.assertFalse(self.mailing.mailing_trace_ids)

    def test_the_oldest_record_wins(self):
        """C18: however the records are ordered on screens, and however often one looks."""
        self.env["res.partner"].create(
            [{"name": name, "email": "twin@example.net", "ref": "twin"} for name in ("Zoe", "Max", "Abe")]
        )
        twins = self.make_selection("Twins", [("ref", "=", "twin")])
        expected = [("Zoe", "gets it"), *((name, "double: Zoe (twin@example.net) gets it") for name in ("Max", "Abe"))]
        mailing = self.mail_to(twins, self.env.user)
        self.assertEqual((self.look(mailing), self.look(mailing)), (expected, expected))
        mailing.action_send_mail()
        sent = mailing.mailing_trace_ids.filtered(lambda trace: trace.trace_status == "outgoing")
        self.assertEqual(self.env["res.partner"].browse(sent.res_id).name, "Zoe")

    def test_found_and_counted_by_reason(self):
        """C12: the list is searched by name, and counted by reason."""
        self.look()
        mine = [("id", "in", self.members.ids)]
        self.assertEqual(self.members.search([*mine, ("name", "ilike", "bob")]).name, "Bob")
        groups = self.members._read_group(mine, ["outcome"], ["__count"])
        self.assertEqual(dict(groups), {"gets_it": 2, "mail_email_missing": 1})
        words = dict(self.members._fields["outcome"]._description_selection(self.env(context={"lang": "en_US"})))
        self.assertEqual(words["mail_email_missing"], "Without address")

    def test_as_it_is_now(self):
        """C12: a second look shows what has changed, once; sending agrees with the last one."""
        self.look()
        self.contacts[0].subscription_ids.opt_out = True
        self.assertEqual([why for _name, why in self.look()], ["unsubscribed", "gets it", "without address"])
        self.mailing.action_send_mail()
        sent = self.mailing.mailing_trace_ids.filtered(lambda trace: trace.trace_status == "outgoing")
        gets_it = self.members.filtered(lambda member: member.outcome == "gets_it")
        self.assertEqual(sent.mapped("res_id"), gets_it.mapped("res_id"))

    def test_people_by_their_own_names(self):
        """C17: a lead is listed by the name of its contact, not by its title; without one by its title."""
        self.env["crm.lead"].create(
            [
                {"name": "Pumps", "contact_name": "Ann Visser", "email_from": "ann@visser.example", "referred": "x"},
                {"name": "Pipes", "email_from": "bob@visser.example", "referred": "x"},
            ]
        )
        leads = self.make_selection("L", [("referred", "=", "x")], model="crm.lead")
        names = [name for name, _why in self.look(self.mail_to(leads, self.env.user))]
        self.assertEqual(sorted(names), ["Ann Visser", "Pipes"])

    def test_nobody_sees_more_than_they_may(self):
        """C15: what a colleague may mail is not shown to who may not read it, nor what the colleague looked up."""
        groups = "bulk_mailing.group_requester,sales_team.group_sale_salesman"
        salesman = new_test_user(self.env, "salesman", groups=groups)
        self.env["crm.lead"].create(
            [
                {"name": name, "email_from": f"{name}@lead.example", "user_id": user.id, "referred": "x"}
                for name, user in (("own", salesman), ("other", self.sender))
            ]
        )
        leads = self.make_selection("L", [("referred", "=", "x")], model="crm.lead")
        mailing = self.mail_to(leads, self.env.user)
        mailing.sender_user_id = self.env.user
        self.assertEqual(len(self.look(mailing)), 2)
        self.assertEqual([name for name, _why in self.look(mailing.with_user(salesman))], ["own"])
        self.assertEqual(len(self.members.search([("mailing_id", "=", mailing.id)])), 1)

    def test_the_counter_on_the_form(self):
        """C12: how many, in words, for the page to ask after it is shown."""
        count = self.mailing.with_context(lang="en_US").count_audience()
        self.assertEqual(count, {"to_send": "2 recipients", "excluded": "1 excluded", "reasons": "1 without address"})

    def test_forgotten(self):
        """The list is gone when nobody looks at it any more."""
        self.look()
        self.env.cr.execute(SQL("UPDATE mailing_audience_member SET looked_at = '2020-01-01'"))
        self.members._forget_old()
        self.assertFalse(self.members.exists())
