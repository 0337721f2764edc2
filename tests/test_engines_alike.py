"""One mailing on both engines: the same recipients, the same ledger, and the same mail on the wire.

What differs is declared here, and nothing else may.
"""

import re

from lxml import html as lxml_html

from odoo.tests import tagged

from .common import BODY, BulkCase

# Only ours has these, or ours says something else on purpose.
NEW_HEADERS = {"list-id", "feedback-id"}
LEFT_OUT_HEADERS = {"return-path"}  # the receiver writes it (RFC 5321, 4.4); stock sends one, often empty
CHANGED_HEADERS = {
    "to": "stock leaves out the name of a mailing contact",
    "precedence": "stock says 'list'; Google asks for 'bulk'",
    "list-unsubscribe": "stock has no mailto, and writes it as an encoded word",
}
# Each sending has its own; compared by their form where there is one.
OF_EACH_SENDING = {"message-id", "references", "date", "content-type"}
EMAILS = ("ann@example.org", "Bob@Example.ORG", "", "no address", "gone@example.org", "left@example.org")


def same_names(html):
    """HTML or text without what differs between two mailings: short codes, traces, tokens, and the declared parts."""
    html = re.sub(r"/r/\w+/m/\d+", "/r/CODE/m/TRACE", html)
    html = re.sub(r"/mailing/\d+/", "/mailing/ID/", html)
    html = re.sub(r"hash_token=\w+", "hash_token=TOKEN", html)
    html = re.sub(r'<img src="[^"]*/mail/track/[^"]*"/?>', "", html)
    html = re.sub(r'(?s)<div class="o_bulk_footer".*?</div>', "", html)
    return " ".join(html.split())


@tagged("post_install", "-at_install")
class TestEnginesAlike(BulkCase):
    def send_on(self, engine, **values):
        """Send a mailing on one engine; its ledger by contact, and its mails by recipient."""
        self.server.forget()
        mailing = self.make_mailing(send_engine=engine, **values)
        self.enqueue(mailing)
        self.run_lane()
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        ledger = {trace.res_id: (trace.email or "", trace.trace_status, trace.failure_type) for trace in traces}
        return mailing, ledger, {mail.recipients: mail for mail in self.server.messages}

    def leave_and_block(self):
        self.env["mail.blacklist"]._add("gone@example.org")
        self.list._update_subscription_from_email("left@example.org", opt_out=True)

    def compare(self, **values):
        queue, ours, our_mails = self.send_on("queue", **values)
        classic, theirs, their_mails = self.send_on("classic", **values)
        self.assertEqual(ours, theirs)
        self.assertEqual(set(our_mails), set(their_mails))
        for recipients, mail in our_mails.items():
            with self.subTest(recipients=recipients):
                self.assert_same_mail(mail, their_mails[recipients])
        for field in ("state", "sent", "delivered", "canceled", "failed", "expected", "received_ratio"):
            self.assertEqual(queue[field], classic[field], field)
        return our_mails

    def assert_same_mail(self, ours, theirs):
        self.assertEqual(ours.sender, theirs.sender)
        our_names, their_names = ({name.lower() for name in mail.message} for mail in (ours, theirs))
        their_names -= LEFT_OUT_HEADERS
        self.assertEqual(our_names, their_names | NEW_HEADERS)
        to = ours.message["To"].addresses[0]
        self.assertEqual(to.addr_spec, theirs.message["To"].addresses[0].addr_spec)
        self.assertTrue(to.display_name)
        for name in their_names - CHANGED_HEADERS.keys() - OF_EACH_SENDING:
            self.assertEqual(ours.message[name], theirs.message[name], name)
        for name in ("Message-Id", "References"):
            self.assertRegex(ours.message[name], r"^<\S+-openerp-\d+-[\w.]+@[\w.-]+>$")
        self.assertEqual(self.kinds(ours), self.kinds(theirs))
        for kind in ("html", "plain"):
            self.assertEqual(self.comparable(ours, kind), self.comparable(theirs, kind))

    def kinds(self, mail):
        return [part.get_content_type() for part in mail.message.walk()]

    def comparable(self, mail, kind):
        content = mail.message.get_body((kind,)).get_content().replace("\r\n", "\n")
        if kind == "plain":
            # stock's text has dead links in its list, ours has our footer before it
            content = content.partition("\n[1] ")[0].partition("This mail was sent to")[0]
            return " ".join(content.replace("blank [3]", "").split())
        # parsed, because a quote may be written as itself or as an entity
        return same_names(lxml_html.tostring(lxml_html.fromstring(content), encoding="unicode"))

    def test_personalised(self):
        """C8, C26: traces, statistics and every mail are the same on both engines, everybody excluded included."""
        self.make_contacts(*EMAILS)
        self.leave_and_block()
        mails = self.compare()
        self.assertEqual(len(mails), 2)

    def test_duplicates(self):
        """C18: where all get the same text, both engines send once to an address."""
        self.make_contacts("ann@example.org", "ANN@example.org", "bob@example.org")
        mails = self.compare(subject="News", body_html=BODY.replace("t-out=\"object.name or 'friend'\"", 't-out="1"'))
        self.assertEqual(len(mails), 2)

    def test_international_domain(self):
        """G37: stock calls an address with an international domain invalid; ours reaches it (declared difference)."""
        self.make_contacts("zoe@münchen.example")
        _mailing, ours, mails = self.send_on("queue")
        _mailing, theirs, _none = self.send_on("classic")
        self.assertEqual([status for _email, status, _failure in ours.values()], ["sent"])
        self.assertEqual([*mails], [("zoe@xn--mnchen-3ya.example",)])
        self.assertEqual([failure for _email, _status, failure in theirs.values()], ["mail_email_invalid"])

    def test_contacts_of_the_crm(self):
        """C1, C17: the same for contacts of the CRM instead of a mailing list."""
        partners = self.env["res.partner"].create(
            [
                {"name": 'Ann "the" O\'Neil', "email": "ann@example.org"},
                {"name": "محمد علي", "email": "mo@example.org"},
                {"name": "Company without address"},
            ]
        )
        mails = self.compare(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=[("id", "in", partners.ids)],
            contact_list_ids=False,
        )
        self.assertEqual(len(mails), 2)
