"""From the findings to where they are mended, clicked through in a browser."""

from odoo.tests import tagged

from .test_tours import BODY, TourCase


@tagged("post_install", "-at_install")
class TestReportTour(TourCase):
    def test_go_to_it(self):
        """C36: from step 3 to an option and to the form, and from the form's report; all is mended in the end."""
        mailing = self.make_mailing(body_arch=BODY, body_html=BODY, email_from="nobody", personalize=False)
        self.open_mailing(mailing, "bulk_mailing_go_to_it")
        self.assertEqual(mailing.email_from, "news@example.org")
        self.assertTrue(mailing.personalize)
        self.assertFalse(mailing.finding_ids)
