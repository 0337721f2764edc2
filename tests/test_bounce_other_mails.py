"""Mails that are about no mailing: Odoo's own conversations go on as ever, and machines prove nothing."""

import datetime
from dataclasses import replace

from odoo import fields
from odoo.tests import tagged

from .bounce_mails import answer, complaint, read_receipt
from .test_bounce_gateway import HARD, SOFT, GatewayCase


@tagged("post_install", "-at_install")
class TestSignOfLife(GatewayCase):
    def setUp(self):
        super().setUp()
        self.env["mailing.bounce"]._record(
            [{"email": "ann@example.org", "severity": "soft", "source": "report", "event_key": "earlier"}]
        )
        self.partner.message_bounce = 2

    def answer(self, **values):
        """A mail from Ann; how often her mails have bounced, for us and for Odoo, after it."""
        raw = answer("Ann <ANN@example.org>", **values)
        self.env["mail.thread"].message_process("res.partner", raw)
        self.env.invalidate_all()
        return self.address().soft_bounce_count, self.partner.message_bounce

    def test_a_person(self):
        """A person's answer proves that the address works."""
        self.assertEqual(self.answer(), (0, 0))

    def test_a_machine(self):
        """An out-of-office proves nothing, in whichever words and marks."""
        self.assertEqual(self.answer(Auto_Submitted="auto-replied", subject="Out of office"), (1, 2))
        self.assertEqual(self.answer(X_Autoreply="yes", subject="Automatic reply: News"), (1, 2))

    def test_blocked_stays_blocked(self):
        """What blocked an address is cleared by people, who look at the cause."""
        self.report(**HARD)
        self.answer()
        self.assertTrue(self.address().is_blocked)


@tagged("post_install", "-at_install")
class TestOtherMails(GatewayCase):
    """The mail in question is not of a mailing."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute("UPDATE mailing_trace SET message_id = NULL WHERE mass_mailing_id = %s", [self.mailing.id])
        self.env.invalidate_all()

    def test_bounces_are_odoos(self):
        """A bounce of an ordinary mail is counted by Odoo as ever, and not by us."""
        self.report(**HARD)
        self.assertEqual((self.partner.message_bounce, self.address()), (1, self.env["mailing.address"]))

    def test_no_bounces(self):
        """Odoo takes each report for a bounce; a delay, a receipt and a complaint are none."""
        self.report(action="delayed", status="4.4.1")
        self.come_in(read_receipt(self.mail))
        self.come_in(complaint(self.mail))
        self.assertEqual(self.partner.message_bounce, 0)

    def bounced_before(self, email, count=6, **values):
        """Traces of Odoo's own queue that bounced, over some weeks."""
        traces = self.env["mailing.trace"].create(
            [
                {
                    "trace_type": "mail",
                    "model": "res.partner",
                    "res_id": self.partner.id,
                    "email": email,
                    "trace_status": "bounce",
                    **values,
                }
            ]
            * count
        )
        self.env.flush_all()
        for number, trace in enumerate(traces):
            at = fields.Datetime.now() - datetime.timedelta(weeks=number)
            self.env.cr.execute("UPDATE mailing_trace SET write_date = %s WHERE id = %s", [at, trace.id])
        self.partner.message_bounce = 9
        self.env.invalidate_all()

    def is_blacklisted(self):
        self.report(**SOFT)
        return bool(self.env["mail.blacklist"].search([("email", "=", self.partner.email)]))

    def test_stocks_blacklist(self):
        """Odoo blacklists who bounced too often on its own queue, as ever."""
        self.bounced_before("ann@example.org")
        self.assertTrue(self.is_blacklisted())

    def test_stocks_blacklist_and_soft_bounces(self):
        """Soft bounces, and those of the bulk queue, which our ledger counts, blacklist nobody."""
        self.bounced_before("ann@example.org", bounce_severity="soft")
        self.bounced_before("ann@example.org", bounce_severity="hard", delivery_state="failed")
        self.assertFalse(self.is_blacklisted())

    def test_stocks_blacklist_and_addresses_alike(self):
        """In an address "_" is a letter, and no wildcard."""
        self.bounced_before("ann@exampleXorg")
        self.bounced_before("annx@example.org")
        self.partner.email = "ann_@example.org"
        self.mail = self.mail_as("ann_@example.org")
        self.assertFalse(self.is_blacklisted())

    def test_stocks_blacklist_after_clearing(self):
        """What was before somebody cleared the address counts no more."""
        self.bounced_before("ann@example.org")
        self.env["mailing.bounce"]._record(
            [{"email": "ann@example.org", "severity": "hard", "source": "report", "event_key": "earlier"}]
        )
        self.address().action_clear_bounces()
        self.partner.message_bounce = 9
        self.assertFalse(self.is_blacklisted())

    def mail_as(self, email):
        return replace(self.mail, recipients=(email,))
