"""Where Odoo shows its own counter of bounces, which does not know of ours, what is known of the address is shown."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .blocked_case import BlockedAddressesCase

VIEWS = (
    ("mailing.contact", "mass_mailing.mailing_contact_view_tree", "list"),
    ("mailing.contact", "mass_mailing.mailing_contact_view_kanban", "kanban"),
    ("mailing.contact", "mass_mailing.mailing_contact_view_form", "form"),
    ("crm.lead", "crm.crm_lead_view_form", "form"),
)


@tagged("post_install", "-at_install")
class TestBounceCountsShown(BlockedAddressesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls.env["mailing.contact"].create({"name": "Wes Works", "email": "works@example.org"})
        cls.list = cls.env["mailing.list"].create({"name": "Readers", "contact_ids": (cls.full + cls.works).ids})
        cls.env.flush_all()

    def contacts(self):
        return self.env["mailing.contact"].with_user(self.sender)

    def test_views(self):
        """B16: on mailing contacts and leads, Odoo's counter is hidden and ours is in its place."""
        self.sender.group_ids += self.env.ref("base.group_no_one")
        for model, xmlid, kind in VIEWS:
            view = self.env[model].with_user(self.sender).get_view(self.env.ref(xmlid).id, kind)
            arch = etree.fromstring(view["arch"])
            shown = "not(@invisible='1' or @invisible='True' or @column_invisible='1' or @column_invisible='True')"
            self.assertFalse(arch.xpath(f"//field[@name='message_bounce'][{shown}]"), xmlid)
            self.assertEqual(len(arch.xpath(f"//field[@name='email_bounce_count'][{shown}]")), 1, xmlid)

    def test_figures(self):
        """B16: the number is that of the ledger, also added up in the groups of a list."""
        form = Form(self.full.with_user(self.sender), "mass_mailing.mailing_contact_view_form")
        self.assertEqual(form.email_bounce_count, 6)
        both = [("id", "in", (self.full + self.works).ids)]
        [group] = self.contacts().formatted_read_group(both, [], ["email_bounce_count:sum"])
        self.assertEqual(group["email_bounce_count:sum"], 6)

    def test_filter(self):
        """B16: the filter "Bounced" finds whom the ledger knows."""
        search = self.env.ref("mass_mailing.mailing_contact_view_search").id
        arch = etree.fromstring(self.contacts().get_view(search, "search")["arch"])
        [domain] = arch.xpath("//filter[@name='filter_bounce']/@domain")
        found = self.contacts().search(safe_eval(domain))
        self.assertIn(self.full, found)
        self.assertNotIn(self.works, found)

    def test_of_a_list(self):
        """B16: a list's share of bounces, and its subscriptions, say the same; in either spelling of a domain."""
        mailing_list = self.list.with_user(self.sender)
        self.assertEqual(mailing_list.contact_pct_bounce, 50)
        self.assertEqual(mailing_list.subscription_ids.sorted("message_bounce").mapped("message_bounce"), [0, 6])
        self.bounce("ann@xn--mller-kva.de", "hard", "userunknown")
        ann = {"name": "Ann", "email": "ann@müller.de", "list_ids": self.list.ids}
        self.env["mailing.contact"].create([ann, ann | {"name": "Bob", "email": "bob@example.com"}])
        self.env.invalidate_all()
        self.assertEqual(mailing_list.contact_pct_bounce, 50)
        self.assertFalse(self.env["mailing.list"].create({"name": "Nobody"}).contact_pct_bounce)
