"""Leaving: by one click, and by mail."""

from unittest.mock import patch
from urllib.parse import parse_qs, unquote, urlsplit

from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from .recipients import links, make_trace

MAIL = """From: {email}
To: {to}
Subject: {subject}
Message-ID: <leave-{number}@example.org>
{headers}
This message was automatically generated.
"""


def has_left(trace):
    subscriptions = trace.env["mailing.contact"].browse(trace.res_id).subscription_ids
    return subscriptions.mapped("opt_out") == [True]


def is_blacklisted(trace):
    return bool(trace.env["mail.blacklist"].search_count([("email", "=", trace.email)]))


@tagged("post_install", "-at_install")
class TestRecipientLinks(TransactionCase):
    def test_links_are_those_of_stock(self):
        """A21, G21: links made for a whole batch open the same pages as Odoo's own, whatever the address."""
        for email in ("ann@example.org", "o'brien+news@example.org", "jörg@müller.example", "a&b=c@example.org"):
            trace = make_trace(self.env, email)
            mailing, ours = trace.mass_mailing_id, links(trace)
            stock = {
                "unsubscribe_url": mailing._get_unsubscribe_url(email, trace.res_id),
                "one_click_url": mailing._get_unsubscribe_oneclick_url(email, trace.res_id),
                "view_url": mailing._get_view_url(email, trace.res_id),
            }
            for name, url in stock.items():
                self.assertEqual(urlsplit(ours[name])[:3], urlsplit(url)[:3])
                self.assertEqual(parse_qs(urlsplit(ours[name]).query), parse_qs(urlsplit(url).query))

    def test_mailto_goes_where_odoo_reads(self):
        """G26: mail that asks to leave goes to the catchall, else to a mailbox that Odoo fetches, else to Reply-To."""
        trace = make_trace(self.env, "ann@example.org", reply_to="Shop <answers@example.com>")
        self.env.company.alias_domain_id = False
        self.env["fetchmail.server"].search([]).unlink()
        self.assertTrue(
            links(trace)["unsubscribe_mailto"].startswith("mailto:answers@example.com?subject=unsubscribe-")
        )
        self.env["fetchmail.server"].create({"name": "In", "user": "in@example.com", "password": "x"})
        self.assertTrue(links(trace)["unsubscribe_mailto"].startswith("mailto:in@example.com?"))
        self.env.company.alias_domain_id = self.env["mail.alias.domain"].create({"name": "mail.example.com"})
        self.assertTrue(links(trace)["unsubscribe_mailto"].startswith("mailto:catchall@mail.example.com?"))


@tagged("post_install", "-at_install")
class TestOneClick(HttpCase):
    def path(self, trace):
        url = urlsplit(links(trace)["one_click_url"])
        return f"{url.path}?{url.query}"

    def click(self, path):
        return self.url_open(path, data={"List-Unsubscribe": "One-Click"}, allow_redirects=False)

    def test_click_leaves_the_list(self):
        """A26, G25: a POST with the body of RFC 8058 unsubscribes, begins no session and logs no warning."""
        trace = make_trace(self.env, "ann@example.org")
        with self.assertNoLogs("odoo.http", "WARNING"):
            answer = self.click(self.path(trace))
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))
        self.assertTrue(has_left(trace))
        self.assertEqual(self.click(self.path(trace)).status_code, 200, "a second click is no error")

    def test_click_on_contacts_blacklists(self):
        """G25: a mailing that went to no list leads to the blacklist, as stock does."""
        trace = make_trace(self.env, "ann@example.org", model="res.partner")
        self.assertEqual(self.click(self.path(trace)).status_code, 200)
        self.assertTrue(is_blacklisted(trace))

    def test_looking_does_not_unsubscribe(self):
        """G25: GET on the one-click address (link scanners) changes nothing, nor does the page of the visible link."""
        trace = make_trace(self.env, "ann@example.org")
        self.assertEqual(self.url_open(self.path(trace)).status_code, 405)
        self.assertEqual(
            self.url_open(self.path(trace).replace("unsubscribe_oneclick", "confirm_unsubscribe")).status_code, 200
        )
        self.assertFalse(has_left(trace))

    @mute_logger("odoo.http")
    def test_wrong_links_are_refused(self):
        """G25: a token of somebody else, a mangled link and a mailing that is gone are refused, not server errors."""
        trace, other = make_trace(self.env, "ann@example.org"), make_trace(self.env, "bob@example.org")
        path = self.path(trace)
        token = parse_qs(urlsplit(self.path(other)).query)["hash_token"][0]
        wrong = [
            path.split("hash_token=")[0] + f"hash_token={token}",
            path.split("&hash_token=")[0],
            path.replace("document_id=", "document_id=x"),
            path.replace("ann%40", "eve%40"),
            path.replace(f"/mailing/{trace.mass_mailing_id.id}/", "/mailing/999999999/"),
        ]
        for attempt in wrong:
            self.assertIn(self.click(attempt).status_code, (400, 401, 403, 404), attempt)
        self.assertFalse(has_left(trace))


@tagged("post_install", "-at_install")
class TestUnsubscribeByMail(TransactionCase):
    def receive(self, trace, subject=None, headers=""):
        """Hand the mail that the mailto makes to Odoo's gateway; returns the number of mails sent in answer."""
        to, _question, query = links(trace)["unsubscribe_mailto"].partition("?")
        text = MAIL.format(
            email="somebody.else@example.net",
            to=unquote(to),
            subject=subject or parse_qs(query)["subject"][0],
            number=trace.id,
            headers=headers + "\n" if headers else "",
        )
        before = self.env["mail.mail"].search_count([])
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(False, text)
        return self.env["mail.mail"].search_count([]) - before

    def test_mail_leaves_the_list(self):
        """G26, G27: the second address of List-Unsubscribe works: who was mailed leaves, whoever writes."""
        trace = make_trace(self.env, "ann@example.org")
        self.assertEqual(self.receive(trace), 0)
        self.assertTrue(has_left(trace))
        self.assertFalse(is_blacklisted(trace))

    def test_automatic_mail_counts_and_is_not_answered(self):
        """G26: mail programs send these by themselves; the mark does not matter, and no loop can begin."""
        trace = make_trace(self.env, "ann@example.org", model="res.partner")
        for headers in ("Auto-Submitted: auto-generated", "Precedence: bulk"):
            self.assertEqual(self.receive(trace, headers=headers), 0)
        self.assertTrue(is_blacklisted(trace))

    def test_wrong_signature_is_an_ordinary_mail(self):
        """G26: a guessed subject unsubscribes nobody and goes the way of any mail."""
        trace = make_trace(self.env, "ann@example.org")
        with self.assertRaises(ValueError):
            self.receive(trace, subject=f"unsubscribe-{trace.id}-{'0' * 32}")
        self.assertFalse(has_left(trace))

    def test_bounce_is_left_to_the_bounces(self):
        """A bounce with the same subject is a bounce, not a wish."""
        trace = make_trace(self.env, "ann@example.org")
        with patch.object(type(self.env["mail.thread"]), "_detect_is_bounce", return_value=True):
            self.receive(trace)
        self.assertFalse(has_left(trace))
