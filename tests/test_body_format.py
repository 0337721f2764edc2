"""HTML, text or both: what is on the wire, however the mailing is made."""

from odoo.tests import Form, tagged

from .common import BODY, BulkCase
from .dkim_receiver import holds

LOOP = BODY.replace("<div>", '<div><t t-foreach="[1]" t-as="x"><t t-out="x"/></t>')
EXPECTED = {"both": ["multipart/alternative", "text/plain", "text/html"], "html": ["text/html"], "text": ["text/plain"]}


@tagged("post_install", "-at_install")
class TestBodyFormat(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_contacts("ann@example.org", "bob@example.org")

    def received(self, **values):
        """The messages of a new mailing as the server got them, parsed."""
        self.server.forget()
        mailing = self.make_mailing(**values)
        self.assertSummary(self.send(mailing), accepted=2, sent=2)
        return mailing, [mail.message for mail in self.server.messages]

    def kinds(self, message):
        return [part.get_content_type() for part in message.walk()]

    def test_parts_on_the_wire(self):
        """C25: HTML only, text only and both are what is received, compiled or rendered record by record."""
        for body, is_compiled in ((BODY, True), (LOOP, False)):
            for body_format, kinds in EXPECTED.items():
                with self.subTest(body_format=body_format, is_compiled=is_compiled):
                    mailing, messages = self.received(body_html=body, body_format=body_format)
                    self.assertEqual(mailing._content().is_compiled, is_compiled)
                    self.assertEqual([self.kinds(message) for message in messages], [kinds, kinds])

    def test_each_part_can_be_left(self):
        """C10, C25: the one part that leaves has one's own way out, the address in the footer and counted links."""
        for body_format in ("html", "text"):
            with self.subTest(body_format=body_format):
                mailing, messages = self.received(body_format=body_format)
                for message in messages:
                    address = message["To"].addresses[0].addr_spec
                    content = " ".join(message.get_content().split())
                    self.assertIn(f"This mail was sent to {address}", content)
                    self.assertIn(f"/mailing/{mailing.id}/confirm_unsubscribe?document_id=", content)
                    self.assertNotIn("/unsubscribe_from_list", content)
                    self.assertRegex(content, r"/r/\w+/m/\d+")

    def test_text_counts_no_opens(self):
        """A36, C25: in a text there is no picture, and the mailing says that opens are not measured."""
        mailing, (message, _other) = self.received(body_format="text", track_opens=True)
        self.assertNotIn("/mailing/t/", message.get_content())
        self.assertFalse(mailing.is_opens_measured)
        mailing, (message, _other) = self.received(body_format="html", track_opens=True)
        self.assertIn("/mailing/t/", message.get_content())
        self.assertTrue(mailing.is_opens_measured)

    def test_with_a_file(self):
        """C25: an attached file stands beside the parts that leave."""
        file = self.env["ir.attachment"].create({"name": "a.bin", "raw": b"x"})
        for body_format, kinds in EXPECTED.items():
            with self.subTest(body_format=body_format):
                _mailing, (message, _other) = self.received(body_format=body_format, attachment_ids=file.ids)
                self.assertEqual(self.kinds(message), ["multipart/mixed", *kinds, "application/octet-stream"])

    def test_signed(self):
        """C25, G25: a signature holds whatever the parts are."""
        key = self.env["mailing.dkim.key"].create({"domain": "example.org"})
        for body_format in EXPECTED:
            with self.subTest(body_format=body_format):
                self.received(body_format=body_format)
                self.assertTrue(holds(self.server.messages[0].content, key))

    def test_text_of_a_broken_design(self):
        """C25: the design decides nothing where only a text of one's own leaves."""
        mailing, (message, _other) = self.received(
            body_html=LOOP, body_format="text", body_text="Hello {{ object.name }}\n"
        )
        self.assertTrue(mailing._content().is_compiled)
        self.assertFalse(mailing.slow_rendering_note)
        self.assertTrue(message.get_content().startswith("Hello Reader"))

    def test_classic_cannot(self):
        """C25, C26, C30: what Odoo's own queue cannot do is an error of the checks."""
        for values in (
            {"body_format": "html"},
            {"body_format": "text"},
            {"body_text": "Hello /unsubscribe_from_list"},
            {"personalize": False},
            {"rate_per_minute": 10},
        ):
            with self.subTest(values=values):
                mailing = self.make_mailing(send_engine="classic", **values)
                mailing.action_run_checks()
                (finding,) = mailing.finding_ids.filtered(lambda found: found.code == "option_lost_in_classic")
                self.assertEqual((finding.severity, finding.field_name), ("error", [*values][0]))

    def test_in_words(self):
        """C24: step 2 says in one line what is chosen, and it follows what is changed."""
        self.env["res.lang"]._activate_lang("en_US")
        wizard = self.env["mailing.send"].with_context(lang="en_US").create({"mailing_id": self.make_mailing().id})
        wizard.terms_accepted = True
        wizard.action_next()
        with Form(wizard) as page:
            self.assertEqual(
                page.options_in_words,
                "Parts HTML and text · personalised · links counted · opens not counted · no speed limit",
            )
            page.track_opens = True
            page.embed_images = True
            self.assertIn("opens counted · no speed limit · pictures sent along", page.options_in_words)
            page.body_format = "text"
            page.personalize = False
            page.rate_per_minute = 60
            self.assertEqual(
                page.options_in_words,
                "Parts Text only · not personalised · links counted · opens not counted · 60 mails a minute",
            )

    def test_checks_look_at_what_leaves(self):
        """C25, C35: of text only, neither the size nor the style sheet of the design is asked for."""
        body = f"<style>p:nth-child {{ color: red }}</style>{BODY}<p>{'x' * 105_000}</p>"
        mailing = self.make_mailing(body_html=body)
        found = {}
        for body_format in EXPECTED:
            mailing.body_format = body_format
            mailing.action_run_checks()
            found[body_format] = {"body_too_large", "unusable_style_sheet"} & set(mailing.finding_ids.mapped("code"))
        self.assertEqual([len(codes) for codes in found.values()], [2, 2, 0])
