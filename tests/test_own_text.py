"""A text version that somebody wrote: what arrives, how it begins, and when it may be out of date."""

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .recipients import letters
from .test_body_format import LOOP
from .test_content import BODY, ContentCase

TEXT = """Dear {{ object.name ||| reader }},

  our news:   https://example.org/news. And https://example.org/{{ object.name }}
Leave: /unsubscribe_from_list
"""
# no controls, which PostgreSQL or the browser refuse; braces are placeholders; private-use marks are taken out
characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{\U0010f8f0\U0010f8f1")
written = st.text(characters | st.sampled_from(" \n.=\t-—é漢🙂/"), min_size=1, max_size=300)


@tagged("post_install", "-at_install")
class TestOwnText(ContentCase):
    def text_of(self, mailing, contact=None):
        (message,) = self.render(mailing, contact or self.contacts[0])
        return message.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def test_own_text_beside_the_design(self):
        """C25: the text that arrives is one's own, with values, links that count, and a way out of one's own."""
        mailing = self.make_mailing(body_text=TEXT)
        contact = self.contacts[0]
        text = self.text_of(mailing)
        self.assertTrue(mailing._content().is_compiled)
        lines = text.splitlines()
        self.assertEqual(lines[0], "Dear Ann,")
        self.assertRegex(lines[2], r"^  our news:   https://crm.example.com/r/\w+/m/\d+\. And https://example.org/Ann$")
        self.assertEqual(lines[3], "Leave: " + mailing._get_unsubscribe_url(contact.email, contact.id))
        self.assertIn(f"This mail was sent to {contact.email}.", lines)
        self.assertIn("Our news", self.render(mailing, contact)[0].get_body(("html",)).get_content())

    def test_the_same_rendered_by_odoo(self):
        """C25: it is no other where Odoo renders record by record."""
        compiled, rendered = self.make_mailing(body_text=TEXT), self.make_mailing(body_text=TEXT, body_html=LOOP)
        texts = [self.text_of(mailing).replace(f"/mailing/{mailing.id}/", "/ID/") for mailing in (compiled, rendered)]
        self.assertFalse(rendered._content().is_compiled)
        without_codes = [" ".join(word for word in text.split(" ") if "hash_token" not in word) for text in texts]
        self.assertEqual(*(text.partition("our news:")[0] for text in without_codes))
        self.assertRegex(texts[1], r"/r/\w+/m/\d+\. And https://example.org/Ann\nLeave: https://crm")

    def test_links_that_are_not_counted(self):
        """A36, C25: without counting clicks the links are as they were written."""
        text = self.text_of(self.make_mailing(body_text=TEXT, track_links=False))
        self.assertIn("https://example.org/news. And", text)

    def test_html_only_has_none(self):
        """C25: a text that does not leave is not asked for anything."""
        mailing = self.make_mailing(body_text="{{ object.nickname }}", body_format="html")
        self.assertIsNone(self.render(mailing, self.contacts[0])[0].get_body(("plain",)))
        self.assertFalse(mailing._unknown_placeholders())
        mailing.body_format = "both"
        self.assertEqual(mailing._unknown_placeholders(), ("object.nickname",))

    def test_blank_is_generated(self):
        """C25: a text of blanks is none: the generated one leaves."""
        self.assertIn("Our news", self.text_of(self.make_mailing(body_text=" \n ")))

    @settings(
        max_examples=60, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(written)
    def test_any_text_comes_through_whole(self, body_text):
        """C25: blanks, dots, dashes, tabs, emoji: every character arrives, in its place."""
        body_text = f"#{body_text}#"
        mailing = self.make_mailing(body_text=body_text, track_links=False)
        (message,) = self.render(mailing, self.contacts[0])
        received = message.get_body(("plain",)).get_payload(decode=True).decode().replace("\r\n", "\n")
        self.assertTrue(received.startswith(mailing.body_text.replace("\r", "\n") + "\n\n"), (received, body_text))

    @settings(
        max_examples=40, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(st.sampled_from(["https://", "HTTP://"]) | st.text(characters, max_size=8), max_size=12))
    def test_any_address_can_be_counted(self, pieces):
        """C25, A36: whatever looks like an address, the mail is made, and around counted ones the text is whole."""
        body_text = "#" + "".join(pieces)
        counted, written = (
            self.render(self.make_mailing(body_text=body_text, track_links=tracks), self.contacts[0])[0]
            .get_body(("plain",))
            .get_payload(decode=True)
            .decode()
            .partition("This mail was sent")[0]
            for tracks in (True, False)
        )
        around = [re.escape(part) for part in re.split(r"https://crm\.example\.com/r/\w+/m/\d+", counted)]
        self.assertRegex(written, r"(?is)\A" + r"https?://\S+".join(around) + r"\Z")

    def test_only_known_people_write_programs(self):
        """C15: a placeholder that does more than show a field is for those whom Odoo lets write such, here too."""
        groups = "base.group_user,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "bulk_text_writer", groups=groups)
        self.env.ref("base.group_user").implied_ids -= self.env.ref("mail.group_mail_template_editor")
        mailing = self.make_mailing(user_id=requester.id, body_html="<p>Hello</p>").with_user(requester)
        mailing.body_text = "{{ object.name ||| reader }}"
        with self.assertRaises(AccessError):
            mailing.body_text = "{{ object.env.user.password }}"

    def test_start_from_the_generated_text(self):
        """C25: it begins with what would be generated, links as they were written, placeholders as in the subject."""
        mailing = self.make_mailing(body_html=BODY.replace("reader</t>", "dear reader</t>"))
        generated = self.text_of(mailing)
        mailing.action_start_text_version()
        self.assertIn("Dear {{ object.name ||| dear reader }},", mailing.body_text)
        self.assertIn("https://example.org/news", mailing.body_text)
        self.assertIn("/unsubscribe_from_list\n", mailing.body_text)
        self.assertNotIn("/r/", mailing.body_text)
        self.assertNotIn("This mail was sent", mailing.body_text)
        mailing._compile_content()
        own = self.text_of(mailing)

        def without_codes(text):
            return [word for word in text.split() if "/r/" not in word]

        self.assertEqual(without_codes(own), without_codes(generated))

    def test_start_without_what_is_not_for_everybody(self):
        """C25: what stands under a condition is not in a text that has none; without one text for all it says why."""
        mailing = self.make_mailing(body_html="<p t-if=\"object.name == 'Ann'\">Secret</p><p>News</p>")
        mailing.action_start_text_version()
        self.assertEqual(mailing.body_text.split(), ["News"])
        with self.assertRaisesRegex(UserError, "t-foreach"):
            self.make_mailing(body_html=LOOP).action_start_text_version()

    def test_out_of_date(self):
        """C25: words that change in the design after the text was written are a warning; colours are not."""
        mailing = self.make_mailing(body_text=TEXT)
        codes = []
        for values in (
            {"body_html": BODY.replace("<p>", '<p style="color: red">')},
            {"body_html": BODY.replace("Our news", "Our old news")},
            {"body_format": "text"},
            {"body_format": "both", "body_text": TEXT + "More"},
        ):
            mailing.write(values)
            mailing.action_run_checks()
            codes.append("text_out_of_date" in mailing.finding_ids.mapped("code"))
        self.assertEqual(codes, [False, True, False, False])
        mailing.body_html = "<p>Other</p>"
        copy = mailing.copy()
        self.assertTrue(copy._is_text_out_of_date(), "a copy is no younger")
        mailing.body_text = False
        self.assertFalse(mailing._is_text_out_of_date())

    def test_a_change_withdraws_the_request(self):
        """C15: the text version is content: what was approved is what leaves."""
        mailing = self.make_mailing(body_text=TEXT)
        before = mailing._fingerprint()
        mailing.body_text = "Other"
        self.assertNotEqual(before, mailing._fingerprint())
        self.assertEqual(mailing._part_of("body_text"), "content")

    def test_linked_file(self):
        """C25: a file that goes as a link is in one's own text too."""
        file = self.env["ir.attachment"].create({"name": "Plan", "type": "url", "url": "https://files.example.org/p"})
        text = self.text_of(self.make_mailing(body_text=TEXT, attachment_ids=file.ids))
        self.assertRegex(text.partition("This mail was sent")[0], r"(?s)Plan.*/web/content/")

    def test_names_cannot_write_links(self):
        """C25: what a person is called stays text, also when it looks like a mark of ours."""
        contact = self.contacts[0]
        contact.name = "\U0010f8f00\U0010f8f1 x"
        for body in (BODY, LOOP):
            (raw,) = letters(self.make_mailing(body_text=TEXT, body_html=body), self.rows(contact)).values()
            self.assertIsInstance(raw, bytes)
