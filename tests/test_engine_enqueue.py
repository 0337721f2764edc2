"""Who is enqueued and who is excluded, with the reason."""

from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.mailing_mailing.departure import Departure
from .common import BulkCase


@tagged("post_install", "-at_install")
class TestEnqueue(BulkCase):
    def exclude_each_way(self):
        """One recipient for each reason, and two good ones."""
        self.make_contacts(
            "good@example.org",
            " GOOD@Example.org ",
            "Fine <fine@example.org>",
            "blocked@example.org",
            "",
            "nothing like an address",
            "left@example.org",
        )
        self.env["mail.blacklist"]._add("Blocked@example.org")
        left = self.env["mailing.contact"].search([("email", "=", "left@example.org")])
        left.subscription_ids.opt_out = True

    def test_every_reason(self):
        """C18, A21: everybody is accounted for: accepted by the server, or excluded with stock's reason."""
        self.exclude_each_way()
        mailing = self.make_mailing()
        counted = mailing._count_audience()
        summary = self.send(mailing)
        self.assertSummary(summary, accepted=2, sent=2, excluded=5)
        reasons = {
            "mail_dup": 1,
            "mail_bl": 1,
            "mail_email_missing": 1,
            "mail_email_invalid": 1,
            "mail_optout": 1,
        }
        self.assertEqual(self.excluded_reasons(mailing), reasons)
        self.assertEqual(counted, {"to_send": 2, "excluded": reasons})
        self.assertEqual(mailing.canceled, 5)
        self.assertEqual(self.server.addresses(), ["fine@example.org", "good@example.org"])

    def test_counting_writes_nothing(self):
        """The count before sending leaves no trace."""
        self.exclude_each_way()
        mailing = self.make_mailing()
        mailing._count_audience()
        self.assertFalse(self.env["mailing.trace"].search_count([("mass_mailing_id", "=", mailing.id)]))

    def test_opted_in_elsewhere(self):
        """As stock: who left one list, and is in another of the mailing's lists, gets it."""
        other = self.env["mailing.list"].create({"name": "Friends"})
        self.make_contacts("ann@example.org")
        self.make_contacts("ann@example.org", mailing_list=other)
        self.list.contact_ids.subscription_ids.filtered(lambda s: s.list_id == self.list).opt_out = True
        mailing = self.make_mailing(contact_list_ids=[(6, 0, (self.list | other).ids)])
        self.assertSummary(self.send(mailing), accepted=1, sent=1, excluded=1)

    def test_international_twins(self):
        """Both spellings of an international domain are one address, and travel as A-labels."""
        summary = self.send_to("ann@müller.de", "ann@xn--mller-kva.de", "bob@MÜLLER.de")
        self.assertSummary(summary, accepted=2, sent=2, excluded=1)
        self.assertEqual(self.server.addresses(), ["ann@xn--mller-kva.de", "bob@xn--mller-kva.de"])

    def test_international_blacklist(self):
        """A blacklisted address is excluded in its other spelling as well."""
        self.env["mail.blacklist"]._add("ann@müller.de")
        self.assertSummary(self.send_to("ann@xn--mller-kva.de", "bob@müller.de"), accepted=1, sent=1, excluded=1)

    def test_blacklist_not_used(self):
        """A mailing that does not use the exclusion list reaches who is on it."""
        self.env["mail.blacklist"]._add("ann@example.org")
        summary = self.send_to("ann@example.org", use_exclusion_list=False)
        self.assertSummary(summary, accepted=1, sent=1)

    def test_duplicates_allowed(self):
        """C18: without "once per address" each record gets its mail."""
        summary = self.send_to("ann@example.org", "ANN@example.org", exclude_duplicates=False)
        self.assertSummary(summary, accepted=2, sent=2)

    def test_nobody_is_in_a_mailing_twice(self):
        """The last guard against a double is in the database."""
        self.send_to("ann@example.org")
        trace = self.trace("ann@example.org")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            trace.copy({"recipient_key": trace.recipient_key}).flush_recordset()

    def test_enqueued_once(self):
        """The mailing's cron finds a mailing in flight, and leaves it to the lanes."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.enqueue_again()
        self.assertEqual((mailing.state, mailing.flight_state), ("sending", "running"))
        self.assertEqual(self.env["mailing.queue"].search_count([("mailing_id", "=", mailing.id)]), 2)
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=2, sent=2)

    def enqueue_again(self):
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()

    def test_no_recipients(self):
        """Nobody to send to: the mailing pauses and says so, and nothing is lost."""
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.assertEqual((mailing.state, mailing.flight_state), ("in_queue", "paused"))
        self.assertIn("no recipients", mailing.flight_reason)

    def test_only_excluded(self):
        """When everybody is excluded the mailing is done at once."""
        summary = self.send_to("", "nothing like an address")
        self.assertSummary(summary, excluded=2)
        self.assertEqual(self.mailing.state, "done")

    def test_partners(self):
        """C14, C17: contacts of the database are reached by the same rules."""
        tag = self.env["res.partner.category"].create({"name": "Bulk"})
        self.env["res.partner"].create(
            [
                {"name": name, "email": email, "category_id": tag.ids}
                for name, email in (("Ann", "ann@example.org"), ("Bob", "ANN@example.org"), ("Cat", False))
            ]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=f"[('category_id', 'in', {tag.ids})]",
        )
        self.assertSummary(self.send(mailing), accepted=1, sent=1, excluded=2)
        self.assertEqual(self.excluded_reasons(mailing), {"mail_dup": 1, "mail_email_missing": 1})

    def test_leads_use_the_customers_address(self):
        """A lead with a customer is reached at the customer's address, as stock does."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@customer.example"})
        leads = self.env["crm.lead"].create(
            [{"name": "One", "partner_id": partner.id}, {"name": "Two", "email_from": "Bob <bob@lead.example>"}]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("crm.lead"),
            mailing_domain=f"[('id', 'in', {leads.ids})]",
            body_html="<p>Hello</p>",
            subject="News",
        )
        self.assertSummary(self.send(mailing), accepted=2, sent=2)
        self.assertEqual(self.server.addresses(), ["ann@customer.example", "bob@lead.example"])

    def test_conversation_is_stock(self):
        """What writes into each record's conversation leaves through Odoo's own queue."""
        mailing = self.make_mailing(reply_to_mode="update")
        self.assertFalse(mailing._uses_queue())

    def test_sample_is_drawn_once(self):
        """C33: an A/B sample is drawn when it is enqueued, and not again."""
        self.make_contacts(*(f"reader{number}@example.org" for number in range(20)))
        mailing = self.make_mailing(
            ab_testing_enabled=True, ab_testing_pc=10, ab_testing_schedule_datetime="2040-01-01"
        )
        self.assertEqual(mailing._count_audience()["to_send"], 2)
        self.assertSummary(self.send(mailing), accepted=2, sent=2)

    def test_own_rights(self):
        """Recipients are those whom the sender may see."""
        user = new_test_user(self.env, "eve", groups="bulk_mailing.group_sender")
        self.server.forget()  # Odoo's invitation to the new user
        hidden, _seen = self.make_contacts("hidden@example.org", "seen@example.org")
        self.env["ir.rule"].create(
            {
                "name": "Not hidden",
                "model_id": self.env["ir.model"]._get_id("mailing.contact"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        mailing = self.make_mailing()
        mailing.sender_user_id = user
        summary = self.send(mailing)
        self.assertEqual(self.server.addresses(), ["seen@example.org"])
        self.assertSummary(summary, accepted=1, sent=1)

    def test_own_rights_over_a_sample(self):
        """C33: an A/B sample, and records that a call names, are whom the sender may see, and no others."""
        user = new_test_user(self.env, "eve", groups="bulk_mailing.group_sender,mail.group_mail_template_editor")
        hidden, seen = self.make_contacts("hidden@example.org", "seen@example.org")
        self.env["ir.rule"].create(
            {
                "name": "Not hidden",
                "model_id": self.env["ir.model"]._get_id("mailing.contact"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        test = {"ab_testing_enabled": True, "ab_testing_pc": 100, "ab_testing_schedule_datetime": "2040-01-01"}
        sample, named = self.make_mailing(sender_user_id=user.id, **test), self.make_mailing()
        self.enqueue(sample)
        named.with_user(user).action_send_mail((hidden | seen).ids)
        for mailing in (sample, named):
            self.assertEqual(mailing.mailing_trace_ids.mapped("email"), ["seen@example.org"])

    def test_counted_as_enqueued(self):
        """C12: the number that is asked about is the number that gets it, whichever companies the screen shows."""
        companies = self.env.company | self.env["res.company"].create({"name": "Other"})
        groups = "bulk_mailing.group_sender,mail.group_mail_template_editor,base.group_partner_manager"
        user = new_test_user(self.env, "eve", groups=groups, company_ids=[(6, 0, companies.ids)])
        partners = self.env["res.partner"].create(
            [{"name": c.name, "email": f"c{c.id}@example.org", "company_id": c.id} for c in companies]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=f"[('id', 'in', {partners.ids})]",
        )
        asked = mailing.with_user(user).with_context(allowed_company_ids=self.env.company.ids)
        counted = asked._count_audience()["to_send"]
        asked.action_put_in_queue()
        mailing.invalidate_recordset()
        self.enqueue_again()
        self.assertEqual(counted, len(mailing.mailing_trace_ids))

    def test_addresses_that_sql_cannot_read(self):
        """A mailing whose addresses SQL cannot read is stock's from the first step on, not a departure of ours."""
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing()
        Mailing = type(mailing)
        with (
            patch.object(Mailing, "_can_read_addresses", lambda _self: False),
            patch.object(Departure, "step", side_effect=AssertionError),
        ):
            self.enqueue(mailing)
        self.assertEqual((mailing.state, mailing.flight_state), ("done", False))
        self.assertEqual(mailing.mailing_trace_ids.mapped("delivery_state"), [False])

    def test_generic_opt_out(self):
        """A model's own opt-out list is honoured."""
        partners = self.env["res.partner"].create(
            [{"name": "Ann", "email": "ann@example.org"}, {"name": "Bob", "email": "bob@example.org"}]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=f"[('id', 'in', {partners.ids})]",
        )
        with patch.object(type(mailing), "_get_opt_out_list", lambda _self: {"bob@example.org"}):
            self.enqueue(mailing)
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=1, sent=1, excluded=1)
