"""A return-path of its own for each recipient: on the wire, and when something comes back to it."""

from email.message import EmailMessage

from odoo.tests import tagged

from .common import BulkCase

REPORT = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<somebody@relay.example>:
550 5.1.1 No such user here
"""


@tagged("post_install", "-at_install")
class TestReturnPaths(BulkCase):
    def setUp(self):
        super().setUp()
        self.mail_server.from_filter = "example.org"
        self.env.company.alias_domain_id = self.env["mail.alias.domain"].create(
            {"name": "example.org", "bounce_alias": "bounce", "catchall_alias": "catchall", "default_from": "hello"}
        )
        self.env.company.bulk_own_return_paths = True

    def return_path(self, email):
        """The envelope sender of the mail that an address got."""
        return next(mail.sender for mail in self.server.messages if mail.recipients == (email,))

    def come_back(self, address, body=REPORT, **headers):
        """Let a mail without any trace of ours but the address that it comes to arrive."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "mailer-daemon@mx.example", address, "failure notice"
        mail["Message-ID"] = "<report@mx.example>"
        for name, value in headers.items():
            del mail[name]
            mail[name.replace("_", "-")] = value
        mail.set_content(body)
        self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, mail.as_bytes())
        self.env.invalidate_all()

    def states(self):
        """The traces' states by address."""
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)])
        return {trace.email: trace.trace_status for trace in traces}

    def test_on_the_wire(self):
        """Each mail leaves with an address that holds its trace."""
        self.send_to("ann@example.com", "bob@example.com")
        for email in ("ann@example.com", "bob@example.com"):
            self.assertRegex(self.return_path(email), rf"^bounce\+{self.trace(email).id}-[0-9a-f]{{32}}@example\.org$")

    def test_switched_off(self):
        """Off, as it is at first, all share the bounce address."""
        self.env.company.bulk_own_return_paths = False
        self.send_to("ann@example.com")
        self.assertEqual(self.return_path("ann@example.com"), "bounce@example.org")

    def test_server_for_one_address(self):
        """A server that may send for the bounce address only gets that one."""
        self.mail_server.from_filter = "bounce@example.org, news@example.org"
        self.send_to("ann@example.com")
        self.assertEqual(self.return_path("ann@example.com"), "bounce@example.org")

    def test_no_room(self):
        """An alias that leaves no room stays as it is."""
        alias = "bounces-of-our-many-mailings"
        self.env.company.alias_domain_id.bounce_alias = alias
        self.send_to("ann@example.com")
        self.assertEqual(self.return_path("ann@example.com"), f"{alias}@example.org")

    def test_somebody_elses_sender(self):
        """Where bounces go to a person, as the server sends for that address only, nothing is added to it."""
        self.mail_server.from_filter = "news@example.org"
        self.send_to("ann@example.com")
        self.assertEqual(self.return_path("ann@example.com"), "news@example.org")

    def test_report_that_names_nobody(self):
        """A report without our Message-ID, about an address we never wrote to, is about whom it comes back for."""
        self.send_to("ann@example.com", "bob@example.com")
        self.come_back(self.return_path("ann@example.com"))
        self.assertEqual(self.states(), {"ann@example.com": "bounce", "bob@example.com": "sent"})
        blocked = self.env["mailing.address"].search([("is_blocked", "=", True)])
        self.assertEqual(blocked.mapped("email"), ["ann@example.com"])

    def test_only_in_the_envelope(self):
        """A report to somebody else in its header, as forwarding servers make them."""
        self.send_to("ann@example.com")
        self.come_back("postmaster@example.org", X_Original_To=self.return_path("ann@example.com").upper())
        self.assertEqual(self.states(), {"ann@example.com": "bounce"})

    def test_known_from_the_envelope(self):
        """Who speaks LMTP with us says whom the mail is for."""
        self.send_to("ann@example.com")
        self.env = self.env(context={"bulk_mailing_recipients": (self.return_path("ann@example.com"),)})
        self.come_back("postmaster@example.org")
        self.assertEqual(self.states(), {"ann@example.com": "bounce"})

    def test_no_bounce(self):
        """What comes there and is no bounce changes nothing, and becomes no record."""
        self.send_to("ann@example.com")
        before = self.env["mail.message"].search_count([])
        address = self.return_path("ann@example.com")
        self.come_back(address, "I am away.", From="ann@example.com", Subject="Away", Auto_Submitted="auto-replied")
        self.come_back(address, "Thank you for the news!", From="ann@example.com", Subject="Hello")
        self.assertEqual(self.states(), {"ann@example.com": "sent"})
        self.assertEqual(self.env["mail.message"].search_count([]), before)

    def test_address_is_deleted(self):
        """What comes back after the address was deleted from the database is taken, and brings nothing back."""
        self.send_to("ann@example.com")
        return_path = self.return_path("ann@example.com")
        self.env["mailing.trace"].search([("email", "=", "ann@example.com")])._addresses()._delete_from_traces()
        report = REPORT.replace("somebody@relay.example", "ann@example.com")
        trace = self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)])
        for words in ("452 4.2.2 Mailbox full", "550 5.1.1 No such user here"):
            self.come_back(return_path, report.replace("550 5.1.1 No such user here", words))
            self.assertEqual((trace.delivery_state, trace.smtp_reply), ("sent", False), words)

    def test_broken_list_of_recipients(self):
        """A header that no parser of addresses survives hides no report."""
        self.send_to("ann@example.com")
        to = self.return_path("ann@example.com").encode()
        raw = b"Cc: " + b"(" * 20_000 + b"\nTo: " + to + b"\nFrom: mailer-daemon@mx.example\n\n" + REPORT.encode()
        self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, raw)
        self.env.invalidate_all()
        self.assertEqual(self.states(), {"ann@example.com": "bounce"})

    def test_made_up(self):
        """Nobody can make up a return-path."""
        self.send_to("ann@example.com")
        ours = self.return_path("ann@example.com")
        signature = ours.partition("-")[2].partition("@")[0]
        for wrong in (signature[::-1], "0" * 32, ""):
            self.come_back(ours.replace(signature, wrong))
        self.assertEqual(self.states(), {"ann@example.com": "sent"})
        self.assertFalse(self.env["mailing.address"].search([("hard_bounce_count", ">", 0)]))
