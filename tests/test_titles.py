"""What a mailing is called on the screens, where its subject has placeholders."""

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestTitles(BulkCase):
    def test_in_words(self):
        """A title names what is filled in: nobody reads code in breadcrumbs, lists and groups."""
        mailing = self.make_mailing(subject="News for {{ object.name ||| you }}")
        self.assertEqual(mailing.display_name, "News for [Name]")
        mailing.subject = "Plain news"
        self.assertEqual(mailing.display_name, "Plain news")

    def test_found_and_sorted(self):
        """Lists show it in the place of the subject, are searched and sorted by it."""
        mailings = self.make_mailing(subject="B {{ object.name }}") | self.make_mailing(subject="A {{ object.email }}")
        found = mailings.search([("id", "in", mailings.ids), ("display_name", "ilike", "a ")], order="display_name")
        self.assertEqual(found, mailings[1])
        within = [("id", "in", mailings.ids)]
        self.assertEqual(mailings.search(within, order="display_name"), mailings[1] | mailings[0])
