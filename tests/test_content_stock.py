"""The same mailing as stock writes it and as we write it, read by Python's mail parser."""

import email
import email.policy
import re

from lxml import html as lxml_html

from odoo.tests import TransactionCase, tagged
from odoo.tools.mail import html2plaintext

from ..core.content import readable, tidy
from .recipients import letters

BODY = """
<div class="o_layout" style="background-color: #ffffff;">
  <p style="color: red;">Dear <t t-out="object.name">friend</t>, <b>welcome</b> &amp; enjoy é 🙂</p>
  <table><tr><td><a href="https://example.org/news?a=1&amp;b=2">Our news</a></td></tr></table>
  <p><a href="/shop/basil-1">Basil</a> <img src="/web/image/12" alt="A picture"/></p>
  <!--[if mso]><p>for Outlook</p><![endif]-->
  <p><a href="/unsubscribe_from_list">Unsubscribe</a> <a href="/view">View online</a></p>
  <p><a href="mailto:a@example.org">Mail</a></p>
</div>
"""


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def words(text):
    """Text without differences of white space."""
    return " ".join(text.split())


@tagged("post_install", "-at_install")
class TestContentLikeStock(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.user.lang = "en_US"
        cls.env["ir.config_parameter"].sudo().set_param("web.base.url", "https://crm.example.com")
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": 'Ann "the" O\'Neil', "email": "ann@example.org", "lang": "en_US"},
                {"name": "محمد علي", "email": "Mo@Example.org", "lang": "nl_NL"},
                {"name": "Zoë <b> & Co", "email": "zoe@example.org"},
            ]
        )

    def make_mailing(self, **values):
        return self.env["mailing.mailing"].create(
            {
                "subject": "Hello {{ object.name }}, our news",
                "preview": "For {{ object.name }}",
                "body_html": BODY,
                "email_from": '"The Editors" <news@example.org>',
                "reply_to_mode": "new",
                "reply_to": "Answers <answers@example.org>",
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": [("id", "in", self.partners.ids)],
                **values,
            }
        )

    def by_stock(self, mailing, record):
        """The message stock would send, parsed; and its trace."""
        author = self.env.user.partner_id
        composer = self.env["mail.compose.message"].with_context(
            active_ids=record.ids, default_composition_mode="mass_mail", **mailing._get_mass_mailing_context()
        )
        composer = composer.create(
            {
                "auto_delete": True,
                "author_id": author.id,
                "attachment_ids": [(4, attachment.id) for attachment in mailing.attachment_ids],
                "body": mailing._prepend_preview(mailing.body_html, mailing.preview),
                "composition_mode": "mass_mail",
                "email_from": mailing.email_from,
                "mass_mailing_id": mailing.id,
                "model": mailing.mailing_model_real,
                "reply_to_force_new": True,
                "reply_to": mailing.reply_to,
                "subject": mailing.subject,
            }
        )
        values = composer._manage_mail_values(composer._prepare_mail_values(record.ids))
        mail = self.env["mail.mail"].sudo().create(list(values.values()))
        (outgoing,) = mail._prepare_outgoing_list()
        message = self.env["ir.mail_server"]._build_email__(
            email_from=outgoing["email_from"],
            email_to=outgoing["email_to"],
            subject=outgoing["subject"],
            body=outgoing["body"],
            body_alternative=outgoing["body_alternative"],
            reply_to=outgoing["reply_to"],
            attachments=outgoing["attachments"],
            message_id=outgoing["message_id"],
            references=outgoing["references"],
            object_id=outgoing["object_id"],
            subtype="html",
            headers=outgoing["headers"],
        )
        return parsed(message.as_bytes()), mail.mailing_trace_ids

    def by_us(self, mailing, record, trace):
        """Our message to the same record under the same trace, parsed."""
        row = {"trace_id": trace.id, "res_id": record.id, "email": trace.email, "message_id": trace.message_id}
        raw = letters(mailing, [row])[trace.id]
        self.assertIsInstance(raw, bytes, raw)
        self.assertTrue(raw.isascii())
        return parsed(raw)

    def without_declared_differences(self, html, mailing):
        """Their HTML has a picture that counts opens, ours a footer."""
        html = re.sub(r'<img src="[^"]*/mail/track/[^"]*"/>', "", html)
        html = re.sub(r'(?s)<div class="o_bulk_footer".*?</div>', "", html)
        html = re.sub(r"\s+(?=<)", "", html)
        # stock parses and writes the HTML once more for each recipient: other entities, same meaning
        return words(lxml_html.tostring(lxml_html.fromstring(html), encoding="unicode"))

    def assert_alike(self, mailing, record):
        theirs, trace = self.by_stock(mailing, record)
        ours = self.by_us(mailing, record, trace)
        for header in ("Subject", "From", "Reply-To", "To", "Message-ID", "References", "X-Odoo-Objects"):
            self.assertEqual(ours[header], theirs[header], header)
        for header in ("List-Unsubscribe-Post", "X-Auto-Response-Suppress"):
            self.assertEqual(ours[header], theirs[header], header)
        self.assertEqual(
            [part.get_content_type() for part in ours.walk()], [part.get_content_type() for part in theirs.walk()]
        )
        html, stock_html = (message.get_body(("html",)).get_content() for message in (ours, theirs))
        self.assertEqual(
            self.without_declared_differences(html, mailing), self.without_declared_differences(stock_html, mailing)
        )
        self.assert_text_alike(ours.get_body(("plain",)).get_content(), stock_html)
        return ours

    def assert_text_alike(self, ours, stock_html):
        """What stock's converter makes of its own HTML, styles and comments left out, up to the list of links."""
        theirs = tidy(html2plaintext(readable(stock_html))).partition("\n[1] ")[0]
        ours = re.split(r"\n\[\d+\] |This mail was sent to", ours.replace("\r\n", "\n"))[0]
        # a link that some do not get leaves its number unused
        ours, theirs = (re.sub(r"\[\d+\]", "[]", text) for text in (ours, theirs))
        self.assertEqual(words(ours), words(theirs))
        self.assertNotIn("box-sizing", ours)

    def test_compiled(self):
        """C26, A27: a compiled mailing reads as stock's, for names of every kind."""
        mailing = self.make_mailing()
        for partner in self.partners:
            ours = self.assert_alike(mailing, partner)
            self.assertIn("/m/", ours.get_body(("html",)).get_content())
        self.assertTrue(mailing._content().is_compiled)

    def test_compiled_with_default(self):
        """C26: a placeholder with a default in Python's way goes through stock's other renderer; it reads the same."""
        body = BODY.replace('t-out="object.name"', "t-out=\"object.function or 'reader'\"")
        mailing = self.make_mailing(body_html=body, subject="{{ object.function or 'You' }}: {{ object.id }}")
        self.partners[0].function = "Boss"
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        self.assertTrue(mailing._content().is_compiled)

    def test_rendered_record_by_record(self):
        """C26: a body with loops is rendered by Odoo for each recipient, and reads as stock's."""
        body = BODY.replace("<b>welcome</b>", '<t t-foreach="[1, 2]" t-as="x"><t t-out="object.name"/></t>')
        mailing = self.make_mailing(body_html=body)
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        content = mailing._content()
        self.assertFalse(content.is_compiled)
        self.assertIn("t-foreach", content.reason)

    def test_conditions(self):
        """C26: conditions on fields are compiled, in both parts, and each recipient reads what stock would send."""
        body = """
            <div><t t-if="object.lang == 'nl_NL'">welkom</t> <!-- else --> <t t-else="">hello</t>
            <p t-if="not object.function">nobody <a href="https://example.org/nobody">in particular</a></p>
            <p t-elif="object.color &gt; 4">colourful</p>
            <p>Dear <t t-if="object.function">boss <t t-out="object.name"/></t><t t-else="" t-out="object.name"/>,</p>
            <span t-out="object.function"/><b t-out="object.color">none</b><i t-out="object.color or 'no'"/>
            <t t-if="object.country_id and object.country_id.code in ('NL', 'BE')">near</t>
            <a href="https://example.org/all">all</a></div>"""
        mailing = self.make_mailing(body_html=body, preview="{{ object.function ||| news }}")
        self.partners[0].write({"function": "Boss", "color": 5, "country_id": self.env.ref("base.be").id})
        self.partners[1].write({"function": "Boss", "country_id": self.env.ref("base.de").id})
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        self.assertTrue(mailing._content().is_compiled)

    def test_links_as_written(self):
        """G35, A30: with `track_links` off, links are the original ones, and no short link is made."""
        before = self.env["link.tracker"].search_count([])
        mailing = self.make_mailing(track_links=False)
        trace = self.by_stock(mailing, self.partners[0])[1]
        made_by_stock = self.env["link.tracker"].search_count([])
        html = self.by_us(mailing, self.partners[0], trace).get_body(("html",)).get_content()
        self.assertIn('href="https://example.org/news?a=1&amp;b=2"', html)
        self.assertIn('href="https://crm.example.com/shop/basil-1"', html)
        self.assertGreater(made_by_stock, before)
        self.assertEqual(self.env["link.tracker"].search_count([]), made_by_stock)

    def test_attachments(self):
        """Files go along as stock sends them."""
        files = self.env["ir.attachment"].create(
            [{"name": "prijs é.txt", "raw": b"12", "mimetype": "text/plain"}, {"name": "b.bin", "raw": bytes(300)}]
        )
        mailing = self.make_mailing(attachment_ids=[(6, 0, files.ids)])
        theirs, trace = self.by_stock(mailing, self.partners[0])
        ours = self.by_us(mailing, self.partners[0], trace)

        def names_and_bytes(message):
            return sorted((p.get_filename(), p.get_payload(decode=True)) for p in message.iter_attachments())

        self.assertEqual(names_and_bytes(ours), names_and_bytes(theirs))
        self.assertEqual(len(names_and_bytes(ours)), 2)
