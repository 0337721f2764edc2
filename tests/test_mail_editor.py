"""The editor of a mailing's text, in a browser."""

from odoo.tests import tagged

from .test_tours import BODY, TourCase


@tagged("post_install", "-at_install")
class TestMailEditor(TourCase):
    def test_quicker_than_the_editor(self):
        """Who changes a mailing while its editor begins sees the editor, not an error."""
        mailing = self.make_mailing(subject="Autumn sale", user_id=self.sender.id, body_arch=BODY, body_html=BODY)
        self.start_tour("/odoo/email-marketing", "bulk_mailing_quicker_than_editor", login=self.sender.login)
        self.env.invalidate_all()
        self.assertEqual(mailing.mailing_model_real, "res.partner")
        self.assertIn("https://example.org/news", mailing.body_arch)
