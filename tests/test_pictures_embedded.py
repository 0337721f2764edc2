"""Pictures sent along: a received message has what its HTML names, and nothing that its reader may not see."""

import email
import email.policy
import re

from odoo.tests import tagged

from odoo.addons.bulk_mailing.models.mailing_mailing import content_pictures
from odoo.addons.bulk_mailing.models.mailing_mailing.content_pictures import Embedder

from .common import BulkCase
from .pictures_case import PicturesMixin
from .web_server import picture

LOOP = '<t t-foreach="[1, 2]" t-as="x"><t t-out="x"/></t>'


@tagged("post_install", "-at_install")
class TestEmbeddedPictures(PicturesMixin, BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()

    def setUp(self):
        super().setUp()
        self.public = self.env["ir.attachment"].create({"name": "a.png", "raw": self.picture, "public": True})
        self.own = f"/web/image/{self.public.id}"

    def received(self, address="ann@example.org"):
        [mail] = [mail for mail in self.server.messages if address in mail.recipients]
        return email.message_from_bytes(mail.content, policy=email.policy.default)

    def shown(self, message):
        """What each `img` of the HTML shows: a URL, or the bytes of the part that its cid names."""
        parts = {part["Content-ID"]: part.get_content() for part in message.walk() if part["Content-ID"]}
        html = message.get_body(("html",)).get_content()
        sources = re.findall(r'<img[^>]* src="([^"]*)"', html)
        return [parts[f"<{url[4:]}>"] if url.startswith("cid:") else url for url in sources]

    def send_body(self, *urls, extra="", **values):
        body = self.body(*urls).replace("</div>", f"{extra}</div>")
        return self.send_to("ann@example.org", "bob@example.org", body_arch=body, body_html=body, **values)

    def test_received(self):
        """C28: over real SMTP, both recipients get the picture itself, and one file for all its places."""
        self.assertSummary(self.send_body(self.own, self.own, embed_images=True), accepted=2, sent=2)
        for address in ("ann@example.org", "bob@example.org"):
            message = self.received(address)
            self.assertEqual(self.shown(message), [self.picture, self.picture])
            self.assertEqual(message.get_content_type(), "multipart/alternative")
            [related] = [part for part in message.walk() if part.get_content_type() == "multipart/related"]
            self.assertEqual(len(list(related.iter_parts())), 2)

    def test_off(self):
        """C28: a link as before, unless it was chosen."""
        self.send_body(self.own)
        self.assertEqual(self.shown(self.received()), [self.mailing.get_base_url() + self.own])

    def test_with_files(self):
        """C28: files stay files, pictures are none."""
        file = self.env["ir.attachment"].create({"name": "r.pdf", "raw": b"%PDF-1.7"})
        self.send_body(self.own, embed_images=True, attachment_ids=[(6, 0, file.ids)])
        message = self.received()
        self.assertEqual(message.get_content_type(), "multipart/mixed")
        self.assertEqual([part.get_filename() for part in message.iter_attachments()], ["r.pdf"])
        self.assertEqual(self.shown(message), [self.picture])

    def test_rendered_by_odoo(self):
        """C28: also where Odoo renders recipient by recipient, and then each picture is read and encoded once."""
        read = []
        find = Embedder._encoded
        self.patch(Embedder, "_encoded", lambda embedder, image: read.append(image) or find(embedder, image))
        self.assertSummary(self.send_body(self.own, embed_images=True, extra=LOOP), accepted=2, sent=2)
        self.assertFalse(self.mailing._content().is_compiled)
        for address in ("ann@example.org", "bob@example.org"):
            self.assertEqual(self.shown(self.received(address)), [self.picture])
        self.assertEqual(len(read), 1)

    def test_copied_from_elsewhere(self):
        """C28, C29: what was copied from elsewhere goes along; what was not stays behind its link."""
        body = self.body(self.there, self.gone)
        self.mailing = self.make_mailing(body_arch=body, body_html=body, host_external_images=True, embed_images=True)
        self.mailing._copy_new_pictures()
        self.make_contacts("ann@example.org")
        self.send(self.mailing)
        self.assertEqual(self.shown(self.received()), [self.picture, self.gone])

    def test_not_what_counts_opens(self):
        """C28, A36: the picture that counts opens has to be asked for, and is each recipient's own."""
        self.send_body(self.own, embed_images=True, track_opens=True)
        first, counting = self.shown(self.received())
        self.assertEqual(first, self.picture)
        self.assertRegex(counting, r"^https?://.*/\d+/")

    def test_nobodys_secrets(self):
        """C28, C15: a picture that recipients may not see does not reach them this way either."""
        secret = self.env["ir.attachment"].create({"name": "secret.png", "raw": picture(colour="blue")})
        url = f"/web/image/{secret.id}"
        self.send_body(self.own, url, embed_images=True)
        self.assertEqual(self.shown(self.received()), [self.picture, self.mailing.get_base_url() + url])

    def test_backgrounds_stay(self):
        """C28: mail programs show no backgrounds that come along, so these stay behind their link."""
        table = f'<table><tr><td background="{self.own}">x</td></tr></table>'
        self.send_body(self.own, embed_images=True, extra=table)
        message = self.received()
        self.assertEqual(self.shown(message), [self.picture])
        self.assertIn(f'{self.own}"', message.get_body(("html",)).get_content())

    def test_checks(self):
        """C28: which do not go along, what a heavy mail comes to, and that Odoo's own queue takes none."""
        heavy = picture(2000, 1000, "PNG", "red") + bytes(2_000_000)
        self.env["ir.attachment"].browse(self.public.id).with_context(image_no_postprocess=True).raw = heavy
        body = self.body(self.own, "https://elsewhere.example/a.png")
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing(body_arch=body, body_html=body, embed_images=True)
        mailing.action_run_checks()
        found = {finding.code: finding.severity for finding in mailing.finding_ids}
        self.assertEqual(found.get("message_too_large"), "warning")
        self.assertEqual(found.get("pictures_stay_linked"), "info")
        mailing.send_engine = "classic"
        mailing.action_run_checks()
        lost = mailing.finding_ids.filtered(lambda finding: finding.code == "option_lost_in_classic")
        self.assertEqual((lost.severity, lost.field_name), ("error", "embed_images"))

    def test_room(self):
        """C28: what would make a mail that no server takes is not read into memory; it stays behind its link."""
        self.patch(content_pictures, "MOST_BYTES", 1)
        other = self.env["ir.attachment"].create({"name": "b.png", "raw": picture(colour="blue"), "public": True})
        self.send_body(self.own, f"/web/image/{other.id}", embed_images=True)
        first, second = self.shown(self.received())
        self.assertEqual(first, self.picture)
        self.assertTrue(second.endswith(f"/web/image/{other.id}"))

    def test_preview(self):
        """C28, C37: the preview shows what goes along."""
        contact = self.make_contacts("ann@example.org")
        body = self.body(self.own)
        mailing = self.make_mailing(body_arch=body, body_html=body, embed_images=True)
        self.assertIn("data:image/png;base64,", mailing.read_preview(contact.id)["light"])
