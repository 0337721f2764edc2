"""Bodies that only Odoo can render, and style sheets of a body's own."""

from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core.content import Attachment
from .recipients import letters
from .test_content import ContentCase

LOOP = '<p><t t-foreach="[1, 2]" t-as="x"><t t-out="x"/></t></p>'


@tagged("post_install", "-at_install")
class TestContentRendering(ContentCase):
    def test_form_says_why_it_is_slow(self):
        """C26: the form says in draft and in flight that Odoo renders recipient by recipient, and why."""
        mailing = self.make_mailing(body_html=LOOP, send_engine="queue")
        self.assertIn("because the body uses “t-foreach”. It will be slower.", mailing.slow_rendering_note)
        mailing._compile_content()
        mailing.state = "sending"
        self.assertIn("because the body uses “t-foreach”.", mailing.slow_rendering_note)
        mailing.state = "done"
        self.assertFalse(mailing.slow_rendering_note)

    def test_form_says_nothing_of_the_quick(self):
        """C26: nothing is said where the mailing is compiled, or where Odoo's own engine sends it."""
        quick = self.make_mailing(body_html='<p t-if="object.name">x</p>', send_engine="queue")
        self.assertFalse(quick.slow_rendering_note)
        quick._compile_content()
        quick.state = "in_queue"
        self.assertFalse(quick.slow_rendering_note)
        self.assertFalse(self.make_mailing(body_html=LOOP, send_engine="classic").slow_rendering_note)

    def test_every_way_to_be_slow(self):
        """C26: what keeps a mailing from being compiled is seen before it is sent."""
        for values in (
            {"subject": "{{ object.name.upper() }}"},
            {"preview": "{{ object.name.upper() }}"},
            {"reply_to": "{{ object.email }}"},
            {"body_html": '<p>Hi <b t-out="object.list_ids"/></p>'},
            {"body_html": "<p t-if=\"object.country_id == 'NL'\">x</p>"},
        ):
            with self.subTest(values=values):
                mailing = self.make_mailing(send_engine="queue", **values)
                reason = mailing._slow_rendering_reason()
                self.assertTrue(reason)
                self.assertEqual(mailing._compile_content().reason, reason)

    def test_hint_of_the_checks(self):
        """C26: the checks give the hint too."""
        mailing = self.make_mailing(body_html=LOOP, send_engine="queue")
        mailing.action_run_checks()
        self.assertIn("rendered_one_by_one", mailing.finding_ids.mapped("code"))

    def test_files_are_encoded_once(self):
        """A file is encoded once, also where Odoo renders recipient by recipient."""
        file = self.env["ir.attachment"].create({"name": "a.bin", "raw": bytes(300)})
        mailing = self.make_mailing(body_html=LOOP, attachment_ids=file.ids)
        with patch.object(Attachment, "encode", autospec=True, side_effect=Attachment.encode) as encode:
            for raw in letters(mailing, self.rows(self.contacts)).values():
                self.assertIn(b"AAAAAAAA", raw)
        self.assertEqual(encode.call_count, 1)

    def test_lost_database_is_nobodys_fault(self):
        """Where the database goes away while a message is made, nobody is failed for it: the lane hears of it."""
        lost, wrapped = psycopg2.OperationalError("terminating connection"), UserError("Failed to render QWeb template")
        wrapped.__cause__ = lost
        mailing = self.make_mailing(body_html=LOOP)
        for error in (lost, wrapped):
            (make,) = mailing._content_renderer().makers(self.rows(self.contacts[0])).values()
            with patch.object(type(mailing), "_content_render_record", side_effect=error):
                with self.assertRaises(psycopg2.OperationalError):
                    make()

    def test_style_sheet_of_its_own(self):
        """A pasted style sheet is in the elements of each message, compiled or not; media queries stay as they are."""
        styles = "<style>p { color: red } @media (max-width: 9px) { p { color: blue } }</style>"
        for body in (f'{styles}<p>Dear <t t-out="object.name"/></p>', styles + LOOP):
            mailing = self.make_mailing(body_html=body)
            for message in self.render(mailing, self.contacts[:2]):
                html, text = self.parts(message)
                self.assertRegex(html, r'<p style="color: ?red;?">')
                self.assertRegex(html, r"@media \(max-width: 9px\)\s*{\s*p\s*{\s*color: blue !important")
                self.assertNotIn("color", text)

    def test_bad_style_sheet(self):
        """A style sheet that cannot be used stops nobody: the body goes as it is, and the checks warn."""
        mailing = self.make_mailing(body_html="<style>p:nth-child { color: red }</style><p>Hello</p>")
        (message,) = self.render(mailing, self.contacts[0])
        self.assertIn("<p>Hello</p>", self.parts(message)[0])
        mailing.action_run_checks()
        self.assertIn("unusable_style_sheet", mailing.finding_ids.mapped("code"))

    def test_without_style_sheet(self):
        """A body without a style sheet of its own is not touched."""
        body = "<P>x<br>y & z"
        self.assertEqual(self.make_mailing()._content_inline(body).html, body)
