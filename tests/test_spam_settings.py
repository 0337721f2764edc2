"""The spam filter on the settings page of mail administrators."""

from psycopg2 import IntegrityError

from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSpamSettings(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        admin = new_test_user(cls.env, "spam_admin", groups="base.group_user,bulk_mailing.group_mail_admin")
        cls.settings = cls.env["mailing.settings"].with_user(admin).browse(cls.company.id)

    def test_defaults(self):
        """C11: no filter at first; a warning from 3 points on, an error from 5 as SpamAssassin has it."""
        self.assertFalse(self.settings.spamd_host)
        self.assertEqual(self.settings.spamd_port, 783)
        self.assertEqual((self.settings.spam_warning_from, self.settings.spam_error_from), (3.0, 5.0))

    def test_mail_administrator_saves(self):
        """C11: a mail administrator names the filter and both limits."""
        with Form(self.settings) as page:
            page.spamd_host = "filter.example.org"
            page.spamd_port = 11333
            page.spam_warning_from = 2.5
            page.spam_error_from = 6.5
        company = self.company
        self.assertEqual((company.bulk_spamd_host, company.bulk_spamd_port), ("filter.example.org", 11333))
        self.assertEqual((company.bulk_spam_warning_from, company.bulk_spam_error_from), (2.5, 6.5))

    def test_limits_in_order(self):
        """C11: a warning above the error, no points at all and a port that is none are refused."""
        for values in ({"spam_warning_from": 6.0}, {"spam_warning_from": 0.0}, {"spamd_port": 0}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.settings.write(values)
                self.env.flush_all()
