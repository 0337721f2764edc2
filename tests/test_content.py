"""What a recipient gets: links that work in both parts, headers, footer, and trouble that stays one recipient's."""

import email
import email.policy
import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tools import link_preview

from .recipients import SiteCase, letters

BODY = """
<div class="o_layout"><p>Dear <t t-out="object.name">reader</t>,</p>
<p><a href="https://example.org/news">Our news</a></p>
<p><a href="/unsubscribe_from_list">Leave</a> <a href="/view">Read online</a></p></div>
"""


class ContentCase(SiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["mailing.list"].create({"name": "Readers"})
        cls.contacts = cls.env["mailing.contact"].create(
            [
                {"name": name, "email": f"reader{number}@example.org", "list_ids": [Command.set(cls.list.ids)]}
                for number, name in enumerate(["Ann", "Zoë\r\nBcc: eve@example.net", "محمد", "x" * 1000, 'Q "uote" 🙂'])
            ]
        )

    def make_mailing(self, **values):
        return self.env["mailing.mailing"].create(
            {
                "subject": "News for {{ object.name }}",
                "body_html": BODY,
                "email_from": '"The Editors" <news@exämple.org>',
                "reply_to_mode": "new",
                "reply_to": "answers@example.org",
                "mailing_model_id": self.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [Command.set(self.list.ids)],
                **values,
            }
        )

    def rows(self, records, **values):
        return [
            {
                "trace_id": 7000 + record.id,
                "res_id": record.id,
                "email": record.email if "email" in record else record.email_normalized,
                "message_id": f"<{record.id}.test@example.com>",
                **values,
            }
            for record in records
        ]

    def render(self, mailing, records, **values):
        """The results in the order of the records, messages parsed."""
        return [
            raw if isinstance(raw, Exception) else email.message_from_bytes(raw, policy=email.policy.default)
            for raw in letters(mailing, self.rows(records, **values)).values()
        ]

    def parts(self, message):
        return [message.get_body((subtype,)).get_content() for subtype in ("html", "plain")]


@tagged("post_install", "-at_install")
class TestContent(ContentCase):
    def test_links_work_in_both_parts(self):
        """A21, G21, G31: unsubscribe and view links are one's own in both parts, short links name the trace."""
        mailing, contact = self.make_mailing(), self.contacts[0]
        (message,) = self.render(mailing, contact)
        html, text = self.parts(message)
        unsubscribe = mailing._get_unsubscribe_url(contact.email, contact.id)
        view = mailing._get_view_url(contact.email, contact.id)
        for url in (unsubscribe, view):
            self.assertIn(url, text)
            self.assertIn(url.replace("&", "&amp;"), html)
        for part in (html, text):
            self.assertNotIn("/unsubscribe_from_list", part)
            self.assertRegex(part, rf"https://crm\.example\.com/r/\w+/m/{7000 + contact.id}\b")

    def test_headers(self):
        """G23, G26, G27, G33, A28: List-Unsubscribe is plain ASCII, https first; and the other headers of bulk mail."""
        mailing, contact = self.make_mailing(), self.contacts[0]
        (raw,) = letters(mailing, self.rows(contact)).values()
        one_click = mailing._get_unsubscribe_oneclick_url(contact.email, contact.id)
        self.assertIn(f"\r\nList-Unsubscribe: <{one_click}>,\r\n <mailto:".encode(), raw)
        self.assertIn(b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", raw)
        self.assertTrue(raw.startswith(f"Message-ID: <{contact.id}.test@example.com>\r\n".encode()))
        self.assertIn(b'\r\nFrom: "The Editors" <news@xn--exmple-cua.org>\r\n', raw)
        self.assertIn(f"\r\nList-ID: <list-{self.list.id}.mailings.xn--exmple-cua.org>\r\n".encode(), raw)
        self.assertIn(b"\r\nPrecedence: bulk\r\n", raw)
        self.assertRegex(raw.decode(), r"\r\nFeedback-ID: c\d+:m\d+:mailing-contact:\w{5,15}\r\n")
        self.assertNotIn(b"\r\nBcc:", raw)
        self.assertNotIn(b"Return-Path", raw)

    def test_footer_names_the_address(self):
        """G30: both parts end by saying who got the mail, in the language of who mails, with a way out."""
        self.env["res.lang"]._activate_lang("nl_NL")
        mailing, contact = self.make_mailing(body_html="<p>Hello</p>"), self.contacts[0]
        for part in self.parts(self.render(mailing, contact)[0]):
            self.assertIn(f"This mail was sent to {contact.email}", " ".join(part.split()))
            self.assertIn("confirm_unsubscribe", part)

    def test_opens_only_where_asked(self):
        """A36: no picture that counts opens, unless the mailing counts them; then it is the recipient's own."""
        quiet, curious = self.make_mailing(), self.make_mailing(track_opens=True)
        (message,) = self.render(quiet, self.contacts[0])
        self.assertNotIn("<img", self.parts(message)[0])
        (message,) = self.render(curious, self.contacts[0])
        html, text = self.parts(message)
        values = curious._recipient_link_values()(self.rows(self.contacts[0])[0])
        self.assertIn(f'src="{curious._recipient_links()["open_url"].fill(values)}"', html)
        self.assertNotIn(".gif", text)

    def test_names_of_every_kind(self):
        """C26: line break, quote, emoji, Arabic, a thousand letters: everyone gets a whole message."""
        messages = self.render(self.make_mailing(), self.contacts)
        for contact, message in zip(self.contacts, messages, strict=True):
            name = " ".join(contact.name.split())
            self.assertEqual(message["To"].addresses[0].addr_spec, contact.email)
            self.assertEqual(message["Subject"], f"News for {name}")
            self.assertEqual(len(message.keys()), len(messages[0].keys()))
        self.assertEqual(messages[0]["To"], '"Ann" <reader0@example.org>'.replace('"', ""))
        self.assertEqual(messages[2]["To"].addresses[0].display_name, "محمد")

    def test_one_bad_recipient(self):
        """C26: an impossible address or a deleted record is an exception for that one, and a message for the others."""
        contacts = self.contacts[:4]
        rows = self.rows(contacts)
        rows[0]["email"] = "not an address"
        rows[1]["message_id"] = "<broken\r\nBcc: x>"
        contacts[2].unlink()
        results = letters(self.make_mailing(), rows)
        self.assertEqual([isinstance(results[row["trace_id"]], bytes) for row in rows], [False, False, False, True])
        self.assertIn("not an address", str(results[rows[0]["trace_id"]]))
        self.assertIn("deleted", str(results[rows[2]["trace_id"]]))

    def test_one_bad_recipient_rendered_by_odoo(self):
        """C26: where Odoo renders recipient by recipient, a body that fails for one fails for that one."""
        body = "<p t-if=\"object.name == 'Ann' and 1/0\">x</p><p>y</p>"
        mailing = self.make_mailing(body_html=body)
        first, *others = self.render(mailing, self.contacts)
        self.assertFalse(mailing._content().is_compiled)
        self.assertIsInstance(first, Exception)
        for message in others:
            self.assertIn("<p>y</p>", self.parts(message)[0])

    def test_placeholders(self):
        """C26: fields of plain types, of related records too, show what a reader expects; empty ones their default."""
        country = self.env.ref("base.nl")
        partner = self.env["res.partner"].create(
            {"name": "Ann <b>", "email": "a@example.org", "lang": "en_US", "country_id": country.id, "color": 3}
        )
        paths = "name", "country_id", "country_id.code", "country_id.currency_id.name", "color", "type", "is_company"
        holes = "|".join(f'<t t-out="object.{path}">none</t>' for path in (*paths, "function"))
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"), body_html=f"<p>{holes}</p>"
        )
        (message,) = self.render(mailing, partner)
        self.assertTrue(mailing._content().is_compiled)
        html, text = self.parts(message)
        self.assertIn("<p>Ann &lt;b&gt;|Netherlands|NL|EUR|3|contact|none|none</p>", html)
        self.assertIn("Ann <b>|Netherlands|NL|EUR|3|contact|none|none", text)

    def test_language_of_the_recipient(self):
        """C26: a translated value is shown in the recipient's language, as stock does."""
        self.env["res.lang"]._activate_lang("nl_NL")
        country = self.env.ref("base.nl")
        country.with_context(lang="nl_NL").name = "Nederland"
        partners = self.env["res.partner"].create(
            [
                {"name": lang, "email": f"{lang}@example.org", "lang": lang, "country_id": country.id}
                for lang in ("en_US", "nl_NL")
            ]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            body_html='<p>In <t t-out="object.country_id.name"/>!</p>',
        )
        english, dutch = self.render(mailing, partners)
        self.assertIn("<p>In Netherlands!</p>", self.parts(english)[0])
        self.assertIn("<p>In Nederland!</p>", self.parts(dutch)[0])

    def test_rights_of_the_sender(self):
        """C15: placeholders are read with the rights of who sends; what that person may not read mails nobody."""
        sender = new_test_user(self.env, "sender", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        mailing = self.make_mailing(sender_user_id=sender.id)
        self.env["ir.rule"].create(
            {
                "name": "not Ann",
                "model_id": self.env["ir.model"]._get_id("mailing.contact"),
                "domain_force": "[('name', '!=', 'Ann')]",
            }
        )
        first, second = self.render(mailing, self.contacts[:2])
        self.assertIsInstance(first, Exception)
        self.assertEqual(second["Subject"], "News for Zoë Bcc: eve@example.net")

    def test_reply_to_of_each_record(self):
        """C26: a Reply-To with a placeholder is each record's own, which Odoo's renderer fills in."""
        mailing = self.make_mailing(reply_to="{{ object.email }}")
        first, second = self.render(mailing, self.contacts[:2])
        self.assertFalse(mailing._content().is_compiled)
        self.assertEqual([first["Reply-To"], second["Reply-To"]], self.contacts[:2].mapped("email"))

    def test_name_of_a_lead(self):
        """To shows a person's name, never a lead's title: the customer's for its address, else the lead's contact."""
        partner = self.env["res.partner"].create({"name": "Customer", "email": "customer@example.org"})
        leads = self.env["crm.lead"].create(
            [
                {"name": "Wants 5 chairs", "partner_id": partner.id},
                {"name": "Wants a desk", "contact_name": "Bob", "email_from": "bob@example.org"},
                {"name": "Wants a lamp", "email_from": "Eve Ning <eve@example.org>"},
                {"name": "Wants a bin", "email_from": "only@example.org"},
            ]
        )
        mailing = self.make_mailing(mailing_model_id=self.env["ir.model"]._get_id("crm.lead"), subject="x")
        rows = self.rows(leads)
        for row, address in zip(rows, ["customer@", "bob@", "eve@", "only@"], strict=True):
            row["email"] = f"{address}example.org"
        raws = letters(mailing, rows).values()
        messages = [email.message_from_bytes(raw, policy=email.policy.default) for raw in raws]
        names = [message["To"].addresses[0].display_name for message in messages]
        self.assertEqual(names, ["Customer", "Bob", "Eve Ning", ""])

    def test_compiled_as_it_was(self):
        """What was compiled goes out, also when the mailing is changed while it is sent."""
        mailing = self.make_mailing(subject="Before")
        mailing._compile_content()
        mailing.subject = "After"
        self.assertEqual(self.render(mailing, self.contacts[0])[0]["Subject"], "Before")
        mailing._compile_content()
        self.assertEqual(self.render(mailing, self.contacts[0])[0]["Subject"], "After")

    def test_no_questions_to_link_targets(self):
        """Making short links asks no web server for its title."""
        with patch.object(link_preview, "get_link_preview_from_url", side_effect=AssertionError("HTTP")):
            self.make_mailing(body_html='<a href="https://example.net/never-seen">x</a>')._compile_content()

    def test_batch_costs_the_same_statements(self):
        """A larger batch asks the database no more questions."""
        mailing = self.make_mailing()
        self.render(mailing, self.contacts[:1])  # fills Odoo's caches of parameters and views
        counts = []
        for records in (self.contacts[:1], self.contacts):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.counted() as count:
                self.render(mailing, records)
            counts.append(count())
        self.assertEqual(*counts)

    @contextmanager
    def counted(self):
        before = self.cr.sql_log_count
        yield lambda: self.cr.sql_log_count - before

    def test_payload_is_json(self):
        """What is kept of a mailing is readable text, without a program in it."""
        payload = json.loads(self.make_mailing()._compile_content().payload)
        self.assertEqual(payload["version"], 2)

    def test_old_content_is_thrown_away(self):
        """What was compiled for a mailing goes a month after it was sent, not before."""
        old, recent = self.make_mailing(), self.make_mailing()
        for mailing, sent_date in ((old, "2020-01-01"), (recent, fields.Datetime.now())):
            mailing._compile_content()
            mailing.sudo().write({"state": "done", "sent_date": sent_date})
        self.env["mailing.content"]._gc_of_sent_mailings()
        self.assertFalse(old._content())
        self.assertTrue(recent._content())
