"""Personalise off: made once, and the same words for everybody."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import BulkCase
from .test_body_format import LOOP
from .test_content import BODY, ContentCase

SAME = "{{ object.city }}"


@tagged("post_install", "-at_install")
class TestPersonalize(ContentCase):
    def bodies(self, mailing):
        """What each recipient reads, without the links that are one's own."""
        found = []
        for message in self.render(mailing, self.contacts):
            text = " ".join(message.get_body(("plain",)).get_content().split())
            found.append((message["Subject"], text.partition("This mail was sent")[0].partition("[1]")[0]))
        return found

    def test_the_same_for_everybody(self):
        """C26: defaults stand where values would be, in subject, body and own text; only what is one's own differs."""
        mailing = self.make_mailing(
            personalize=False,
            subject="News for {{ object.name ||| readers }}",
            body_text="Hello {{ object.name ||| you }}",
        )
        self.assertEqual(set(self.bodies(mailing)), {("News for readers", "Hello you ")})
        messages = self.render(mailing, self.contacts)
        for message, contact in zip(messages, self.contacts, strict=True):
            html = message.get_body(("html",)).get_content()
            self.assertIn("Dear reader,", html)
            self.assertIn(mailing._get_unsubscribe_url(contact.email, contact.id).replace("&", "&amp;"), html)
            self.assertEqual(message["To"].addresses[0].addr_spec, contact.email)

    def test_rendered_once(self):
        """C26: however many get it, and whatever is in it, Odoo renders it once, and no record is read for it."""
        mailing = self.make_mailing(personalize=False, body_html=LOOP.replace("Hello", "Hello to"))
        render = type(mailing)._render_template_qweb
        with patch.object(type(mailing), "_render_template_qweb", autospec=True, side_effect=render) as rendered:
            bodies = self.bodies(mailing)
        self.assertEqual(rendered.call_count, 1)
        self.assertEqual(len(bodies), 5)
        self.assertEqual(len({text for _subject, text in bodies}), 1)
        self.assertTrue(mailing._content().is_compiled)
        self.assertFalse(mailing.slow_rendering_note)

    def test_placeholders_are_an_error(self):
        """C26: placeholders that nobody would fill in are an error, wherever they stand; those of the site are not."""
        for values in (
            {"subject": SAME},
            {"preview": SAME},
            {"body_text": SAME},
            {"body_html": BODY},
            {"reply_to": SAME},
        ):
            with self.subTest(values=values):
                plain = {"subject": "News", "body_html": '<a href="/unsubscribe_from_list">Leave</a>'}
                mailing = self.make_mailing(personalize=False, **(plain | values))
                mailing.action_run_checks()
                self.assertIn("placeholders_not_filled", mailing.finding_ids.mapped("code"))
                mailing.personalize = True
                mailing.action_run_checks()
                self.assertNotIn("placeholders_not_filled", mailing.finding_ids.mapped("code"))
        mailing = self.make_mailing(personalize=False, subject="{{ user.name }}", body_html="<p>Hello</p>")
        self.assertFalse(mailing._draft().placeholders)
        self.assertEqual(self.bodies(mailing)[0][0], self.env.user.name)


@tagged("post_install", "-at_install")
class TestPersonalizeOnTheWire(BulkCase):
    def test_same_bytes_but_for_the_links(self):
        """C26: over real SMTP everybody gets the same subject and words."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing(personalize=False)
        self.assertSummary(self.send(mailing), accepted=2, sent=2)
        first, second = (mail.message for mail in self.server.messages)
        self.assertEqual(first["Subject"], second["Subject"])
        self.assertEqual(
            *(
                message.get_body(("html",)).get_content().partition("This mail was sent")[0].partition("<a ")[0]
                for message in (first, second)
            )
        )
        self.assertIn("Hello friend", first.get_body(("html",)).get_content())

    def test_what_cannot_be_made_for_nobody(self):
        """C26: a body that needs somebody is not sent half: the mailing pauses and says why, and nobody is mailed."""
        self.make_contacts("ann@example.org")
        body = "<p t-out=\"object.name.split(' ')[5]\"/>"
        mailing = self.make_mailing(personalize=False, body_html=body, body_arch=body)
        self.assertSummary(self.send(mailing))
        self.assertEqual(mailing.flight_state, "paused")
        self.assertTrue(mailing.flight_reason)
