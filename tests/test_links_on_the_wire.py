"""From the mail that arrived back to us: every link of it does what it says."""

import re
from email import message_from_bytes, policy
from urllib.parse import parse_qs

from odoo.tests import tagged
from odoo.tools import mute_logger

from .browser import BrowserCase

LEAVING_MAIL = "From: ann@example.net\nTo: {to}\nSubject: {subject}\nMessage-ID: <1@example.net>\n\n"


@tagged("post_install", "-at_install")
class TestLinksOnTheWire(BrowserCase):
    def arrive(self, **values):
        """Send to one contact; the trace, and the mail as its server got it."""
        [contact] = self.make_contacts("ann@example.org")
        mailing = self.make_mailing(**values)
        self.assertSummary(self.send(mailing), accepted=1, sent=1)
        self.subscription = contact.subscription_ids
        return mailing.mailing_trace_ids, message_from_bytes(self.server.messages[0].content, policy=policy.default)

    def path(self, url):
        return url.removeprefix(self.env["mailing.mailing"].get_base_url())

    def addresses(self, mail):
        """The two addresses of List-Unsubscribe, in their order."""
        return re.findall("<([^<>]+)>", mail["List-Unsubscribe"])

    def test_one_click(self):
        """G23, G25, G27: a POST to the first address of the header, as it arrived, unsubscribes."""
        _trace, mail = self.arrive()
        url = self.addresses(mail)[0]
        answer = self.url_open(self.path(url), data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.subscription.opt_out)

    def test_mailto(self):
        """G26, G27: a mail to the second address of the header, as it arrived, unsubscribes."""
        _trace, mail = self.arrive()
        scheme, _colon, rest = self.addresses(mail)[1].partition(":")
        to, _question, query = rest.partition("?")
        self.assertEqual(scheme, "mailto")
        text = LEAVING_MAIL.format(to=to, subject=parse_qs(query)["subject"][0])
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(False, text)
        self.assertTrue(self.subscription.opt_out)

    def test_link_in_both_parts(self):
        """A21, G21: the link in the HTML and the one in the text open the page that asks to confirm."""
        _trace, mail = self.arrive()
        for kind in ("html", "plain"):
            content = mail.get_body((kind,)).get_content().replace("&amp;", "&")
            url = re.search(r"https?://[^\s\"<>\])]+/confirm_unsubscribe\?[^\s\"<>\])]+", content)
            self.assertTrue(url, kind)
            self.assertEqual(self.url_open(self.path(url[0])).status_code, 200, kind)
        self.assertFalse(self.subscription.opt_out)

    def test_picture(self):
        """A36: the picture in a mail whose opens are counted counts this recipient; other mails carry none."""
        trace, mail = self.arrive(track_opens=True)
        content = mail.get_body(("html",)).get_content()
        picture = re.search(r"https?://[^\s\"]+/mailing/t/[^\s\"]+\.gif", content)
        self.url_open(self.path(picture[0]))
        self.env.invalidate_all()
        self.assertEqual(trace.trace_status, "open")

    def test_no_picture(self):
        """A36: a mail whose opens are not counted carries no picture of ours."""
        _trace, mail = self.arrive()
        self.assertNotIn("/mailing/t/", mail.get_body(("html",)).get_content())
