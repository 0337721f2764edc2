"""Buttons that whoever may only prepare could not use stay away, and what is there works."""

from lxml import etree

from odoo.tests import new_test_user, tagged

from .blocked_case import GONE, BlockedAddressesCase

IMPORT = "//button[@name='action_open_import']"


@tagged("post_install", "-at_install")
class TestRequesterScreens(BlockedAddressesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,base.group_allow_export,bulk_mailing.group_requester"
        cls.requester = new_test_user(cls.env, "rex.requester", groups=groups, lang="en_US")

    def view(self, user, model, kind):
        return etree.fromstring(self.env[model].with_user(user).get_view(view_type=kind)["arch"])

    def test_import(self):
        """C15: who may not import contacts is not asked to."""
        for kind in ("form", "kanban"):
            self.assertFalse(self.view(self.requester, "mailing.list", kind).xpath(IMPORT), kind)
            self.assertTrue(self.view(self.sender, "mailing.list", kind).xpath(IMPORT), kind)

    def test_templates(self):
        """C15: a colleague's mailing is no requester's to add to the templates."""
        form = self.view(self.requester, "mailing.mailing", "form")
        for name in ("action_set_favorite", "action_remove_favorite"):
            [condition] = form.xpath(f"//button[@name='{name}']/@invisible")
            self.assertIn("(not may_send and (state != 'draft' or user_id != uid))", condition)

    def test_export_of_recipients(self):
        """B20: who may read the recipients and may export gets them by our button, as by Odoo's own."""
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": self.gone.id, "email": GONE})
        params = trace.with_user(self.requester).action_export()["params"]
        self.assertEqual((params["model"], params["ids"]), ("mailing.trace", trace.ids))


@tagged("post_install", "-at_install")
class TestRecipientScreens(BlockedAddressesCase):
    def test_title(self):
        """B12: a recipient is called by the address, not by a number."""
        traces = self.env["mailing.trace"].create([{"model": "res.partner", "res_id": 1, "email": GONE}] * 2)
        traces[1].email = False
        self.assertEqual(traces[0].display_name, GONE)
        self.assertIn("mail:", traces[1].display_name)

    def test_nothing_is_deleted(self):
        """B25: beside "Delete addresses" there is no second "Delete", which forgets what was sent."""
        view = self.env.ref("mass_mailing.mailing_trace_view_tree_mail")
        arch = etree.fromstring(self.env["mailing.trace"].get_view(view.id, "list")["arch"])
        self.assertEqual(arch.get("delete"), "0")

    def test_doubtful(self):
        """A18: those whose address looks wrong are listed with what is wrong."""
        mailing_list = self.env["mailing.list"].create({"name": "Visitors"})
        [view, _kind] = mailing_list.action_view_doubtful()["views"][0]
        arch = etree.fromstring(self.env["mailing.contact"].get_view(view, "list")["arch"])
        shown = {field.get("name") for field in arch.iter("field") if field.get("optional") != "hide"}
        self.assertLessEqual({"email", "email_validity", "email_problem"}, shown)
        default = self.env["mailing.contact"].get_view(view_type="list")["id"]
        self.assertNotEqual(view, default)
