"""The sign beside an address on the forms, and what is known of addresses in the CRM's lists."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .blocked_case import GONE, SHARED, WORKS, BlockedAddressesCase
from .browser import PatientTours

FORMS = {
    "res.partner": "base.view_partner_form",
    "crm.lead": "crm.crm_lead_view_form",
    "mailing.contact": "mass_mailing.mailing_contact_view_form",
}
LISTS = {
    "res.partner": ("base.view_partner_tree", "base.view_res_partner_filter"),
    "crm.lead": ("crm.crm_case_tree_view_oppor", "crm.view_crm_case_opportunities_filter"),
    "mailing.contact": ("mass_mailing.mailing_contact_view_tree", "mass_mailing.mailing_contact_view_search"),
}


@tagged("post_install", "-at_install")
class TestEmailWarning(BlockedAddressesCase, PatientTours):
    def test_on_the_forms(self):
        """B15: contact, lead and mailing contact say why their address is not mailed, and follow what is typed."""
        for record in self.shared:
            form = Form(record.with_user(self.sender), FORMS[record._name])
            self.assertIn("the domain does not exist", form.email_problem, record._name)
            setattr(form, record._primary_email, "works@example.org")
            self.assertFalse(form.email_problem, record._name)

    def test_in_the_lists(self):
        """B15, B16: validity and bounces are columns, and whoever is blocked is found by a filter."""
        self.bounce(GONE, "hard", "userunknown")
        for record in self.shared:
            list_view, search_view = (self.env.ref(xmlid).id for xmlid in LISTS[record._name])
            arch = etree.fromstring(record.get_view(list_view, "list")["arch"])
            columns = {field.get("name") for field in arch.iter("field")}
            self.assertLessEqual({"email_problem", "email_validity", "email_bounce_count"}, columns, record._name)
            arch = etree.fromstring(record.get_view(search_view, "search")["arch"])
            [domain] = arch.xpath("//filter[@name='filter_email_blocked']/@domain")
            self.assertIn(record, record.search(safe_eval(domain)))
            self.assertNotIn(record, record.search([("email_bounce_count", "=", 0)]))

    def test_sign(self):
        """B15: a sign with the cause as its tooltip, which goes when the address is put right (B9)."""
        self.start_tour(f"/odoo/res.partner/{self.gone.id}", "bulk_mailing_email_warning", login=self.sender.login)
        self.assertEqual((self.gone.email, self.addresses(SHARED).is_blocked), ("gus@example.com", True))

    def test_sign_on_lead(self):
        """B15: the same on a lead, beside the address and not over it."""
        lead = next(record for record in self.shared if record._name == "crm.lead")
        self.start_tour(f"/odoo/crm.lead/{lead.id}", "bulk_mailing_email_warning_on_lead", login=self.sender.login)

    def test_sign_on_cards(self):
        """B15: who looks at cards sees it, too, of contacts and of mailing contacts."""
        for model, path in (
            ("res.partner", "contacts"),
            ("mailing.contact", "action-mass_mailing.action_view_mass_mailing_contacts"),
        ):
            self.env[model].create({"name": "Wim Works", "email": WORKS})
            self.start_tour(f"/odoo/{path}", "bulk_mailing_email_warning_on_cards", login=self.sender.login)


@tagged("post_install", "-at_install")
class TestBounceCharts(BlockedAddressesCase):
    def test_counted(self):
        """B3, B29: reasons are counted by mailing, receiving provider and time, and each group opens."""
        provider = self.env["mailing.provider.limit"].create({"name": "Example", "domains": "example.net"})
        bounces = self.env["mailing.bounce"].with_user(self.sender)
        groups = bounces.formatted_read_group([], ["provider", "reason"], ["__count"])
        counts = {(group["provider"], group["reason"]): group["__count"] for group in groups}
        self.assertEqual(counts[provider.name, "mailboxfull"], 6)
        for field in ("provider", "mailing_id", "occurred_at:week", "reason", "source"):
            for group in bounces.formatted_read_group([], [field], ["__count"]):
                self.assertEqual(bounces.search_count(group["__extra_domain"]), group["__count"], (field, group))
        full = bounces.search([("reason", "=", "mailboxfull")])
        self.assertEqual(set(full.mapped("provider")), {"Example"})

    def test_of_what_is_shown(self):
        """B3: from a mailing's list to the chart of its reasons, from chosen addresses to theirs, else to all."""
        addresses, bounces = self.env["mailing.address"].with_user(self.sender), self.env["mailing.bounce"]
        of_mailing = self.mailing.with_user(self.sender).action_view_bounced_addresses()["context"]
        found = bounces.search(addresses.with_context(**of_mailing).action_view_chart()["domain"])
        self.assertEqual(found.mailing_id, self.mailing)
        self.assertNotIn(SHARED, found.mapped("address_id.email"))
        found = bounces.search(self.addresses(SHARED).action_view_chart()["domain"])
        self.assertEqual(found.mapped("address_id.email"), [SHARED])
        self.assertEqual(addresses.action_view_chart()["domain"], [])

    def test_one_click(self):
        """B3: by provider, by mailing and over time are favourites of everybody, each with the reasons."""
        favourites = (
            self.env["ir.filters"]
            .with_user(self.sender)
            .get_filters("mailing.bounce", self.env.ref("bulk_mailing.mailing_bounce_action").id)
        )
        groups = [safe_eval(favourite["context"])["group_by"] for favourite in favourites]
        self.assertEqual(sorted(groups), [[name, "reason"] for name in ("mailing_id", "occurred_at:week", "provider")])
        for group in groups:
            self.assertTrue(self.env["mailing.bounce"].with_user(self.sender).formatted_read_group([], group, []))
