"""What stock makes of a mailing, beside what we make of it."""

import email
import email.policy
import re

from lxml import html as lxml_html

from odoo.tools.mail import html2plaintext

from ..core.content import readable, tidy
from .recipients import SiteCase, letters

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


class StockCase(SiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
        ((raw, trace),) = self.all_by_stock(mailing, record)
        return parsed(raw), trace

    def all_by_stock(self, mailing, records):
        """The messages stock would send, in the order of the records, each with its trace."""
        composer = self.composer(mailing, records)
        values = composer._manage_mail_values(composer._prepare_mail_values(records.ids))
        mails = self.env["mail.mail"].sudo().create([values[res_id] for res_id in records.ids])
        return [(self.raw(mail), mail.mailing_trace_ids) for mail in mails]

    def composer(self, mailing, records):
        """What stock opens for a mailing, as its `action_send_mail` does."""
        composer = self.env["mail.compose.message"].with_context(
            active_ids=records.ids, default_composition_mode="mass_mail", **mailing._get_mass_mailing_context()
        )
        return composer.create(
            {
                "auto_delete": True,
                "author_id": self.env.user.partner_id.id,
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

    def raw(self, mail):
        """The one message of a `mail.mail`, as it would go out."""
        (outgoing,) = mail._prepare_outgoing_list()
        names = ("email_from", "email_to", "subject", "body", "body_alternative", "reply_to", "attachments")
        names += ("message_id", "references", "object_id", "headers")
        values = {name: outgoing[name] for name in names}
        return self.env["ir.mail_server"]._build_email__(subtype="html", **values).as_bytes()

    def by_us(self, mailing, record, trace):
        """Our message to the same record under the same trace, parsed."""
        return parsed(self.all_by_us(mailing, record, trace)[0])

    def all_by_us(self, mailing, records, traces):
        """Our messages to the same records under the same traces."""
        found = letters(
            mailing,
            [
                {"trace_id": trace.id, "res_id": record.id, "email": trace.email, "message_id": trace.message_id}
                for record, trace in zip(records, traces, strict=True)
            ],
        )
        for raw in found.values():
            self.assertIsInstance(raw, bytes, raw)
            self.assertTrue(raw.isascii())
        return list(found.values())

    def without_declared_differences(self, html):
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
        self.assert_bodies_alike(ours, theirs)
        return ours

    def assert_bodies_alike(self, ours, theirs):
        self.assertEqual(
            [part.get_content_type() for part in ours.walk()], [part.get_content_type() for part in theirs.walk()]
        )
        html, stock_html = (message.get_body(("html",)).get_content() for message in (ours, theirs))
        self.assertEqual(self.without_declared_differences(html), self.without_declared_differences(stock_html))
        self.assert_text_alike(ours.get_body(("plain",)).get_content(), stock_html)

    def assert_text_alike(self, ours, stock_html):
        """What stock's converter makes of its own HTML, styles and comments left out, up to the list of links."""
        theirs = tidy(html2plaintext(readable(stock_html))).partition("\n[1] ")[0]
        ours = re.split(r"\n\[\d+\] |This mail was sent to", ours.replace("\r\n", "\n"))[0]
        # a link that some do not get leaves its number unused
        ours, theirs = (re.sub(r"\[\d+\]", "[]", text) for text in (ours, theirs))
        # stock's text is tidied with its values, ours before they come in
        self.assertEqual(words(tidy(ours)), words(theirs))
        self.assertNotIn("box-sizing", ours)
