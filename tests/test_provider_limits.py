"""The providers that receive our mail: who may change their limits, and what a pattern may be."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestProviderLimits(TransactionCase):
    def test_who_may_change(self):
        """Mail administrators set limits; who sends mailings only sees them."""
        provider = self.env.ref("bulk_mailing.provider_google")
        admin = new_test_user(self.env, "postmaster", "base.group_user,bulk_mailing.group_mail_admin")
        provider.with_user(admin).write({"mails_per_minute": 600})
        provider.with_user(admin).action_forget_slowdown()
        sender = new_test_user(self.env, "sender", "bulk_mailing.group_sender")
        self.assertEqual(provider.with_user(sender).mails_per_minute, 600)
        self.assertFalse(provider.with_user(sender).slowed_rate)
        with self.assertRaises(AccessError):
            provider.with_user(sender).mails_per_minute = 0
        with self.assertRaises(AccessError):
            provider.with_user(sender).action_forget_slowdown()

    def test_bad_pattern(self):
        """A pattern that can match nothing is named in the refusal."""
        for values in ({"domains": "gmail"}, {"mail_servers": "*.google.com\nmail.*"}):
            with self.assertRaisesRegex(ValidationError, "is not a domain"):
                self.env["mailing.provider.limit"].create({"name": "Example", **values})
