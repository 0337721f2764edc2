"""The list of blocked addresses: why, since when, who; over all mailings and for one."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .blocked_case import FULL, GONE, SHARED, BlockedAddressesCase
from .browser import PatientTours


@tagged("post_install", "-at_install")
class TestBlockedList(BlockedAddressesCase):
    def searched(self, *names, model="mailing.address", within=()):
        """The addresses found with these filters of the search view."""
        arch = etree.fromstring(self.env[model].get_view(view_type="search")["arch"])
        domains = [safe_eval(arch.xpath(f"//filter[@name='{name}']/@domain")[0]) for name in names]
        found = self.env[model].search([*within, *(leaf for domain in domains for leaf in domain)])
        return set(found.mapped("email"))

    def test_columns(self):
        """B1, B19: each has a reason in plain words, its counts, its people and the mailing that came back last."""
        gone, full, shared = self.addresses(GONE, FULL, SHARED)
        self.assertEqual((gone.why, full.why, shared.why), ("userunknown", "soft_bounces", "hostunknown"))
        words = dict(gone._fields["why"]._description_selection(gone.env))
        self.assertEqual((words[gone.why], words[full.why]), ("The address does not exist", "Came back too often"))
        self.assertEqual((gone.people, full.people), ("Gus Gone", "Fay Full"))
        self.assertEqual(shared.people, "Sam Shared, Shared lead, Sam of the list")
        self.assertEqual((gone.last_mailing_id, shared.last_mailing_id.id), (self.mailing, False))
        self.assertEqual((full.hard_bounce_count, full.soft_bounce_count), (0, 6))

    def test_words_for_every_cause(self):
        """B15: none is left out of the sentence that says why somebody is not mailed."""
        causes = dict(self.env["mailing.address"]._fields["blocked_reason"]._description_selection(self.env))
        self.assertFalse(set(causes) - set(self.env["mailing.address"]._cause_words()))

    def test_not_blocked(self):
        """What came back and is not blocked says why it came back."""
        self.bounce("slow@example.org", "soft", "networkerror")
        slow = self.addresses("slow@example.org")
        self.assertEqual(slow.why, "networkerror")
        self.assertEqual(self.searched("filter_bounced"), {"slow@example.org"})
        self.assertNotIn("slow@example.org", self.searched("filter_blocked"))

    def test_people_are_those_one_may_see(self):
        """B14: whoever may not read leads does not learn their names; one in many is counted."""
        user = new_test_user(self.env, "no.leads", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        self.assertEqual(self.addresses(SHARED, user=user).people, "Sam Shared, Sam of the list")
        self.env["res.partner"].create([{"name": f"Twin {number}", "email": GONE} for number in range(3)])
        self.env.invalidate_all()
        self.assertIn("and 1 more", self.addresses(GONE).people)

    def test_filters(self):
        """B19: unknown user, domain gone, mailbox full too often, complained, the last 30 days."""
        self.bounce("angry@example.org", None, None, source="complaint")
        self.assertEqual(self.searched("filter_user"), {GONE})
        self.assertEqual(self.searched("filter_domain_gone"), {SHARED})
        self.assertEqual(self.searched("filter_full"), {FULL})
        self.assertEqual(self.searched("filter_too_often"), {FULL})
        self.assertEqual(self.searched("filter_complained"), {"angry@example.org"})
        self.addresses(GONE).sudo().write({"blocked_at": "2020-01-01", "last_bounce_at": "2020-01-01"})
        self.assertEqual(self.searched("filter_blocked", "filter_recent"), {FULL, SHARED, "angry@example.org"})

    def test_group(self):
        """B16: grouped by domain, reason, month and mailing, and each group opens."""
        addresses = self.env["mailing.address"].with_user(self.sender)
        blocked = [("is_blocked", "=", True)]
        for field in ("email_domain", "why", "blocked_at:month", "last_mailing_id"):
            groups = addresses.formatted_read_group(blocked, [field], ["__count"])
            self.assertEqual(sum(group["__count"] for group in groups), 3, field)
            for group in groups:
                opened = addresses.search_count([*blocked, *group["__extra_domain"]])
                self.assertEqual(opened, group["__count"], group)
        self.assertEqual(addresses.search([], order="why, id")[0].email, SHARED)

    def test_sorted(self):
        """B16: a click on any column sorts by it, but for the names, which come from everywhere."""
        arch = etree.fromstring(self.env["mailing.address"].get_view(view_type="list")["arch"])
        columns = [field.get("name") for field in arch.xpath("/list/field")]
        addresses = self.env["mailing.address"].with_user(self.sender)
        sortable = [name for name, field in addresses.fields_get(columns, ["sortable"]).items() if field["sortable"]]
        self.assertEqual(set(columns) - set(sortable), {"people"})
        addresses = addresses.with_context(bounced_mailing_id=self.mailing.id)
        for name in sortable:
            self.assertEqual(len(addresses.search([("is_blocked", "=", True)], order=f"{name}, id")), 3, name)
        self.assertEqual(addresses.search([], order="display_name", limit=1).email, FULL)

    def test_searched_by_person(self):
        """Found by the name of who has it."""
        addresses = self.env["mailing.address"].with_user(self.sender)
        self.assertEqual(addresses.search([("people", "ilike", "gus g")]).email, GONE)
        self.assertEqual(addresses.search([("people", "ilike", "shared lead")]).email, SHARED)
        self.assertFalse(addresses.search([("people", "ilike", "nobody at all")]))
        self.assertEqual(set(addresses.search([("people", "not ilike", "gus g")]).mapped("email")), {FULL, SHARED})

    def test_searched_by_nothing(self):
        """B16: a group of those that have no reason or provider opens, and a domain is no pattern."""
        self.env["mailing.provider.limit"].search([]).unlink()
        for model, name in (("mailing.address", "mailing_reason"), ("mailing.bounce", "provider")):
            records = self.env[model].with_user(self.sender)
            [group] = records.formatted_read_group([], [name], ["__count"])
            self.assertFalse(group[name])
            self.assertEqual(records.search_count(group["__extra_domain"]), group["__count"])
            self.assertFalse(records.search_count([(name, "!=", False)]))
        addresses = self.env["mailing.address"].with_user(self.sender)
        self.assertFalse(addresses.search([("email_domain", "in", ("%", "example_org"))]))
        self.assertEqual(addresses.search_count([("email_domain", "ilike", "example.o")]), 2)

    def test_open(self):
        """B14: one person is opened in their form, several in a list; nobody is said so."""
        action = self.addresses(GONE).action_open_people()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.gone.id))
        twin = self.env["res.partner"].create({"name": "Twin", "email": GONE, "active": False})
        action = self.addresses(GONE).action_open_people()
        self.assertEqual(action["domain"], [("id", "in", (self.gone | twin).sorted().ids)])
        self.bounce("nobody@example.org", "hard", "userunknown")
        with self.assertRaisesRegex(UserError, "Nobody whom you may see"):
            self.addresses("nobody@example.org").action_open_people()

    def test_of_one_mailing(self):
        """B2: a mailing counts and lists the addresses from which it came back, once each, blocked or not."""
        mailing = self.mailing.with_user(self.sender)
        self.bounce("slow@example.org", "soft", "networkerror")
        self.assertEqual(mailing.bounced_address_count, 3)
        action = mailing.action_view_bounced_addresses()
        found = self.env["mailing.address"].search(action["domain"])
        self.assertEqual(set(found.mapped("email")), {GONE, FULL, "slow@example.org"})

    def test_why_it_came_back(self):
        """B2: a mailing's list says why it came back from this mailing, also for what is held against nobody."""
        self.bounce("good@example.org", "policy", "policyviolation")
        self.bounce(SHARED, "policy", "policyviolation")
        self.bounce(SHARED, None, None, source="complaint")
        action = self.mailing.with_user(self.sender).action_view_bounced_addresses()
        addresses = self.env["mailing.address"].with_user(self.sender).with_context(**action["context"])
        reasons = {address.email: address.mailing_reason for address in addresses.search(action["domain"])}
        expected = {GONE: "userunknown", FULL: "mailboxfull", "good@example.org": "policyviolation"}
        self.assertEqual(reasons, expected | {SHARED: "complaint"})
        groups = addresses.formatted_read_group(action["domain"], ["mailing_reason"], ["__count"])
        for group in groups:
            domain = [*action["domain"], *group["__extra_domain"]]
            self.assertEqual(addresses.search_count(domain), group["__count"], group)
        self.assertFalse(self.addresses(GONE).mailing_reason)

    def test_recipients(self):
        """B12: the recipients of a mailing are filtered by what became of them."""
        states = {
            "sent": {"trace_status": "sent", "delivery_state": "sent", "sent_datetime": "2026-11-23"},
            "opened": {"trace_status": "open", "delivery_state": "sent", "sent_datetime": "2026-11-23"},
            "bounced": {"trace_status": "bounce", "delivery_state": "failed"},
            "full": {"trace_status": "error", "delivery_state": "failed", "bounce_severity": "soft"},
            "deferred": {"trace_status": "outgoing", "delivery_state": "deferred"},
            "in_doubt": {"trace_status": "pending", "delivery_state": "in_doubt"},
            "excluded": {"trace_status": "cancel", "delivery_state": "excluded"},
        }
        common = {"model": "res.partner", "res_id": self.gone.id, "mass_mailing_id": self.mailing.id}
        self.env["mailing.trace"].create([common | {"email": email} | state for email, state in states.items()])
        action = self.mailing.with_user(self.sender).action_view_recipients()
        self.assertEqual(set(self.env["mailing.trace"].search(action["domain"]).mapped("email")), set(states))
        within = [("mass_mailing_id", "=", self.mailing.id)]
        together = {"sent": {"sent", "opened"}, "bounced": {"bounced", "full"}}
        for name in states.keys() - {"full"}:
            found = self.searched(f"filter_{name}", model="mailing.trace", within=within)
            self.assertEqual(found, together.get(name, {name}), name)

    def test_rights(self):
        """Who may only prepare sees none of it, and clears nothing."""
        requester = new_test_user(self.env, "only.prepares", groups="base.group_user,bulk_mailing.group_requester")
        address = self.addresses(GONE).with_user(requester)
        for method in ("action_open_people", "action_clear_bounces"):
            with self.assertRaises(AccessError):
                getattr(address, method)()
        with self.assertRaises(AccessError):
            self.mailing.with_user(requester).read(["bounced_address_count"])


@tagged("post_install", "-at_install")
class TestBlockedTour(BlockedAddressesCase, PatientTours):
    def test_look_and_clear(self):
        """B14, B16, B19, B26: found in the menu, grouped, opened, cleared after a question."""
        self.start_tour("/odoo/blocked-addresses", "bulk_mailing_blocked", login=self.sender.login)
        self.env.invalidate_all()
        self.assertFalse(self.addresses(GONE).is_blocked)
        self.assertTrue(self.addresses(SHARED).is_blocked)

    def test_actions(self):
        """B21, B25, B28, B30: correct one, collect one in a list, set one as a former employee, and delete it."""
        self.start_tour("/odoo/blocked-addresses", "bulk_mailing_blocked_actions", login=self.sender.login)
        self.env.invalidate_all()
        self.assertEqual({record.email_normalized for record in self.shared}, {"sam@example.com"})
        made = self.env["mailing.list"].search([("name", "=", "To be put right")])
        self.assertEqual(made.contact_ids, self.full)
        self.assertTrue(self.gone.is_former_employee)
        self.assertFalse(self.gone.email)
        self.assertFalse(self.addresses("gone@example.org"))

    def test_delete_on_its_page(self):
        """B25: who deletes an address on its own page lands in the list, where it is no more, without an error."""
        url = f"/odoo/blocked-addresses/{self.addresses(GONE).id}"
        self.start_tour(url, "bulk_mailing_blocked_deletion", login=self.sender.login)
        self.env.invalidate_all()
        self.assertFalse(self.gone.email)
        self.assertFalse(self.addresses(GONE))

    def test_recipients(self):
        """B12, B13, B20: all recipients of a mailing, filtered, and the actions on those chosen."""
        self.mailing.state = "done"
        common = {"model": "res.partner", "res_id": self.gone.id, "mass_mailing_id": self.mailing.id}
        bounced = {"trace_status": "bounce", "delivery_state": "failed", "bounce_reason": "userunknown"}
        sent = {"trace_status": "sent", "delivery_state": "sent", "sent_datetime": "2026-11-23"}
        states = {
            "bounced@example.org": bounced | {"bounce_severity": "hard"},
            "sent@example.org": sent,
            "opened@example.org": sent | {"trace_status": "open"},
            "excluded@example.org": {"trace_status": "cancel", "delivery_state": "excluded"},
        }
        self.env["mailing.trace"].create([common | {"email": email} | state for email, state in states.items()])
        url = f"/odoo/mailing.mailing/{self.mailing.id}"
        self.start_tour(url, "bulk_mailing_recipients", login=self.sender.login)

    def test_charts(self):
        """B3: the reasons as a chart, of a mailing, by mailing and over time, with one click each."""
        url = f"/odoo/mailing.mailing/{self.mailing.id}"
        self.start_tour(url, "bulk_mailing_bounce_charts", login=self.sender.login)
