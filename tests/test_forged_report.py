"""A delivery report about a mail that we never sent: made up by somebody, or of another system."""

from dataclasses import replace

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BulkCase
from .delivery_reports import delivery_report

HARD = {"status": "5.1.1", "diagnostic": "smtp; 550 5.1.1 No such user"}
SOFT = {"status": "4.2.2", "diagnostic": "smtp; 452 4.2.2 Mailbox full"}
MANY = 6  # stock blacklists after five bounces


@tagged("post_install", "-at_install")
class TestForgedReport(BulkCase):
    def setUp(self):
        super().setUp()
        self.send_to("ann@example.org", "bob@example.org")
        self.mail = next(mail for mail in self.server.messages if mail.recipients == ("ann@example.org",))

    def with_message_id(self, message_id):
        """Ann's mail as if it had had another Message-ID."""
        ours = self.mail.message["Message-ID"].encode()
        self.assertIn(ours, self.mail.content)
        return replace(self.mail, content=self.mail.content.replace(ours, message_id))

    def report(self, mail, **values):
        """Let a report come in through the gateway."""
        raw = delivery_report(mail, **values)
        self.env["mail.thread"].with_user(self.env.ref("base.user_root")).message_process(False, raw)
        self.env.invalidate_all()

    def known(self):
        """All that we know of the recipients, their addresses and the mailing."""
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)])
        counts = ("hard_bounce_count", "soft_bounce_count")
        return {
            "traces": traces.sorted("email").mapped(
                lambda trace: (trace.delivery_state, trace.trace_status, trace.bounce_severity, trace.smtp_reply)
            ),
            "addresses": self.env["mailing.address"].search([]).mapped(lambda a: [a[name] for name in counts]),
            "blacklist": self.env["mail.blacklist"].with_context(active_test=False).search([]).mapped("email"),
            "queue": self.env["mailing.queue"].search_count([]),
            "mailing": (self.mailing.state, self.mailing.flight_state, self.mailing.bounced),
        }

    def test_counter_check(self):
        """The same reports with our Message-ID do change something."""
        for values in (HARD, SOFT):
            before = self.known()
            self.report(self.mail, **values)
            self.assertNotEqual(self.known(), before)
            self.trace("ann@example.org").write({"trace_status": "sent", "delivery_state": "sent"})

    def test_unknown_message_id(self):
        """However often and whatever it says, nothing is known of anybody by it."""
        before = self.known()
        for values in (HARD, SOFT, {**SOFT, "only_headers": True}):
            for number in range(MANY):
                self.report(self.with_message_id(b"<forged-%d@example.org>" % number), **values)
        self.assertEqual(self.known(), before)

    def test_no_message_id(self):
        """A report about a mail without any is about none of ours."""
        before = self.known()
        for values in (HARD, SOFT):
            self.report(self.with_message_id(b""), **values)
        self.assertEqual(self.known(), before)

    def test_id_of_somebody_else(self):
        """Who has got a mail of ours can report about that one only; whom else the report names is unharmed."""
        before = self.known()["traces"]
        for values in (SOFT, HARD):
            self.report(replace(self.mail, recipients=("bob@example.org",)), **values)
        self.assertEqual(self.known()["traces"][1], before[1])
        self.assertEqual(self.known()["addresses"], [])

    def test_who_may_only_prepare(self):
        """Reports are believed by the Message-ID: who may not send reads none, by no field, filter or export."""
        groups = "base.group_user,base.group_allow_export,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "only.prepares", groups=groups)
        trace = self.trace("ann@example.org").with_user(requester)
        self.assertEqual(trace.read(["email"])[0]["email"], "ann@example.org")
        message_id = self.mail.message["Message-ID"]
        for attempt in (
            lambda: trace.read(["message_id"]),
            lambda: trace.search([("message_id", "like", message_id[:5])]),
            lambda: trace.search([], order="message_id"),
            lambda: trace.formatted_read_group([], ["message_id"], ["__count"]),
            lambda: trace.export_data(["message_id"]),
        ):
            with self.assertRaises(AccessError):
                attempt()
