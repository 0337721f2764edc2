"""A copy of the database, for trying things, does nothing in the name of the real one."""

from odoo.modules.neutralize import neutralize_database
from odoo.tests import tagged

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestNeutralizedCopy(PeopleCase):
    def test_nothing_left_to_act_with(self):
        """It sends by no lane, signs with no key, hears no provider, and takes in no mail."""
        key = self.env["mailing.dkim.key"].with_user(self.admin).create({"domain": "example.org"})
        webhook = self.env["mailing.webhook"].with_user(self.admin)
        webhook = webhook.create({"name": "News", "provider": "mailgun", "pasted_key": "key-0123456789abcdef0123"})
        lanes = self.env["ir.cron"].search([("cron_name", "ilike", "lane")])
        self.assertTrue(lanes and key.active and webhook.has_key)
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.assertFalse(any(lanes.mapped("active")))
        self.assertEqual((key.active, key.sudo().private_key), (False, False))
        self.assertEqual((webhook.has_key, webhook.sudo().secret), (False, False))
