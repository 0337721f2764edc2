"""Setting up a mail provider, in a real browser."""

from odoo.tests import new_test_user, tagged

from .browser import PatientTours


@tagged("post_install", "-at_install")
class TestWebhookTour(PatientTours):
    def test_set_up(self):
        """A mail administrator gets along by what the screen says."""
        groups = "base.group_user,bulk_mailing.group_mail_admin"
        admin = new_test_user(self.env, "max.mailadmin", groups=groups, lang="en_US")
        self.start_tour("/odoo/mail-providers", "bulk_mailing_webhook", login=admin.login)
        webhook = self.env["mailing.webhook"].search([("name", "=", "Newsletter account")])
        self.assertEqual((webhook.provider, webhook.has_key), ("mailgun", True))
