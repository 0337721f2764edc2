"""Who may only prepare really can work: the designer, pictures, duplicates and selections, in a browser."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase


@tagged("post_install", "-at_install")
class TestRequesterTour(BrowserCase):
    def test_prepare(self):
        """C15: with the one right, from the list of mailings to a draft of one's own, and nothing leaves."""
        self.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_user,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "rita.requester", groups=groups, lang="en_US", tz="UTC")
        self.start_tour("/odoo/email-marketing", "bulk_mailing_requester", login=requester.login)
        self.env.invalidate_all()
        mine = [("create_uid", "=", requester.id)]
        copy, mailing = self.env["mailing.mailing"].search(mine, order="id desc")
        self.assertEqual(mailing.subject, "Prepared")
        self.assertEqual((mailing + copy).mapped("state"), ["draft", "draft"])
        self.assertEqual(copy.contact_list_ids, mailing.contact_list_ids)
        pictures = self.env["ir.attachment"].search([*mine, ("name", "like", "dot")])
        for body in (mailing + copy).mapped("body_html"):
            self.assertIn("Written by Rita", body)
            self.assertTrue(pictures.filtered(lambda file, body=body: f"/web/image/{file.id}" in body))
        selection = self.env["mailing.filter"].search(mine)
        self.assertEqual((selection.name, selection.usable_for_mailing), ("Mine", False))
