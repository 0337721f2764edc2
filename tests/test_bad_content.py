"""One recipient, or the content of all, cannot be made into a message."""

from unittest.mock import Mock, patch

from odoo.tests import tagged

from ..models.mailing_mailing.content_renderer import ContentRenderer
from .common import BulkCase


@tagged("post_install", "-at_install")
class TestBadContent(BulkCase):
    def test_bad_name_breaks_nobody_else(self):
        """A name with a line break, a quote, an emoji or Arabic letters breaks neither message nor batch."""
        names = ["Ann\r\nBcc: eve@example.org", 'Bob "the" Builder', "Cat 🐈", "علي", "x" * 2000]
        contacts = self.make_contacts(*(f"reader{number}@example.org" for number in range(len(names))))
        for contact, name in zip(contacts, names, strict=True):
            contact.name = name
        self.mailing = self.make_mailing()
        summary = self.send(self.mailing)
        self.assertSummary(summary, accepted=5, sent=5)
        self.assertTrue(all(len(mail.recipients) == 1 and not mail.message["Bcc"] for mail in self.server.messages))

    def test_one_recipient_cannot_be_rendered(self):
        """Who cannot get a message fails alone."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        makers = ContentRenderer.makers

        def spoiled(this, rows):
            made = makers(this, rows)
            return made | {min(made): Mock(side_effect=ValueError("no name"))}

        with patch.object(ContentRenderer, "makers", spoiled):
            summary = self.send(mailing)
        self.assertSummary(summary, accepted=1, sent=1, failed=1)
        self.assertEqual(self.trace("ann@example.org").failure_reason, "no name")

    def test_nobody_can_be_rendered(self):
        """A body that cannot be made pauses the mailing; nobody is failed for it."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        with patch.object(ContentRenderer, "makers", side_effect=ValueError("broken template")):
            summary = self.send(mailing)
        self.assertSummary(summary, queued=2)
        self.assertEqual(mailing.flight_state, "paused")
        self.assertIn("broken template", mailing.flight_reason)
