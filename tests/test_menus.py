"""Who finds what in the menus."""

from odoo.tests import Form, TransactionCase, new_test_user, tagged

GROUPS = {
    "requester": "bulk_mailing.group_requester",
    "user": "mass_mailing.group_mass_mailing_user",
    "sender": "bulk_mailing.group_sender",
    "mail_admin": "bulk_mailing.group_mail_admin",
}


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: new_test_user(cls.env, f"menu.{name}", groups=f"base.group_user,{group}")
            for name, group in GROUPS.items()
        }

    def sees(self, name, menu):
        return self.env.ref(menu).id in self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()

    def test_everybody_finds_the_mailings(self):
        """C1: who prepares mailings, and who sends them, finds Email Marketing and the mailings in it."""
        for name in GROUPS:
            self.assertTrue(self.sees(name, "mass_mailing.mass_mailing_menu_root"), name)
            self.assertTrue(self.sees(name, "mass_mailing.mass_mailing_menu"), name)
        colleague = new_test_user(self.env, "menu.colleague", groups="base.group_user")
        visible = self.env["ir.ui.menu"].with_user(colleague)._visible_menu_ids()
        self.assertNotIn(self.env.ref("mass_mailing.mass_mailing_menu_root").id, visible)

    def test_settings_are_for_mail_administrators(self):
        """S1: nobody else sees the settings in the menu."""
        found = [name for name in GROUPS if self.sees(name, "bulk_mailing.menu_mailing_settings")]
        self.assertEqual(found, ["mail_admin"])

    def test_requester_prepares(self):
        """C1: a requester fills in the whole form of a mailing, without the right to send."""
        mailings = self.env["mailing.mailing"].with_user(self.users["requester"])
        form = Form(mailings)
        form.subject = "Autumn news"
        form.contact_list_ids.add(self.env["mailing.list"].create({"name": "Autumn customers"}))
        form.description = "For the autumn sale"
        mailing = form.save()
        self.assertEqual(mailing.user_id, self.users["requester"])
        self.assertFalse(mailing.may_send)

    def test_engine_is_for_mail_administrators(self):
        """Only a mail administrator finds the choice of the engine on the form."""
        for name, user in self.users.items():
            view = self.env["mailing.mailing"].with_user(user).get_view(view_type="form")
            self.assertEqual('name="bulk_engine"' in view["arch"], name == "mail_admin", name)
