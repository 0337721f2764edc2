"""Who gets it, clicked through in a browser."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase
from .people import BODY


@tagged("post_install", "-at_install")
class TestAudienceTour(BrowserCase):
    def make_selection(self, name, domain, **values):
        model = self.env["ir.model"]._get_id("res.partner")
        return self.env["mailing.filter"].create(
            {"name": name, "mailing_model_id": model, "mailing_domain": repr(domain), **values}
        )

    def test_audience(self):
        """C6, C12, C16, C17: a mini-selection is chosen and switched on, some are left out, and all are listed."""
        self.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_user,bulk_mailing.group_sender"
        sender = new_test_user(self.env, "sally.sender", groups=groups, lang="en_US", tz="Europe/Amsterdam")
        self.make_contacts("x@example.org", "y@example.org")
        ada, _bea, _cas = self.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.net", "ref": "nl", "city": city}
                for name, city in (("Ada", "Amsterdam"), ("Bea", "Amsterdam"), ("Cas", "Utrecht"))
            ]
        )
        ada.function = "buyer"
        dutch = self.make_selection("Dutch customers", [("ref", "=", "nl")])
        mini = self.make_selection("Amsterdam", [("city", "=", "Amsterdam")], parent_id=dutch.id)
        buyers = self.make_selection("Autumn buyers", [("function", "=", "buyer")])
        mailing = self.make_mailing(subject="Audience news", body_arch=BODY, body_html=BODY)
        self.start_tour(f"/odoo/mailing.mailing/{mailing.id}", "bulk_mailing_audience", login=sender.login)
        self.env.invalidate_all()
        self.assertEqual((mailing.mailing_filter_id, mailing.left_out_filter_ids), (mini, buyers))
        self.assertEqual((mini.usable_by_id, mini.usable_reason), (sender, "They are our customers"))
        self.assertFalse(dutch.usable_for_mailing)
