"""The options on the screens: a text of one's own, the four steps, and what new mailings begin with."""

from odoo.tests import new_test_user, tagged

from .test_tours import BODY, TourCase


@tagged("post_install", "-at_install")
class TestOptionTours(TourCase):
    def test_options(self):
        """C24, C25, C30: folded into a line, unfolded, changed, shown in the overview; and what is sent is that."""
        mailing = self.make_mailing(body_arch=BODY, body_html=BODY)
        self.open_mailing(mailing, "bulk_mailing_options")
        self.assertEqual((mailing.body_format, mailing.rate_per_minute), ("text", 1))
        self.assertEqual(mailing.body_text, "Hello {{ object.name }}, leave: /unsubscribe_from_list")
        mailing.rate_per_minute = 0
        self.accept_and_send(mailing)
        self.assertEqual({mail.message.get_content_type() for mail in self.server.messages}, {"text/plain"})
        self.assertIn("Hello Reader", self.server.messages[0].message.get_content())

    def test_defaults(self):
        """C24: a mail administrator sets what new mailings begin with, and they do."""
        groups = "base.group_user,bulk_mailing.group_mail_admin"
        admin = new_test_user(self.env, "max.mailadmin", groups=groups, lang="en_US")
        self.start_tour("/odoo/bulk-mailing-settings", "bulk_mailing_option_defaults", login=admin.login)
        self.env.invalidate_all()
        mailing = self.make_mailing()
        self.assertEqual((mailing.body_format, mailing.track_opens, mailing.rate_per_minute), ("html", True, 300))
