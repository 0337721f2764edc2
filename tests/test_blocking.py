"""Blocked addresses get no mailing, and everybody can see why: before sending, at the enqueue, and on the way."""

from odoo.tests import tagged

from .common import BODY, BulkCase


class BlockedCase(BulkCase):
    def block(self, *emails, reason="userunknown"):
        """Let mails to these addresses come back for good."""
        self.env["mailing.bounce"]._record(
            [
                {"email": email, "severity": "hard", "reason": reason, "source": "report", "event_key": f"x:{email}"}
                for email in emails
            ]
        )


@tagged("post_install", "-at_install")
class TestBlocking(BlockedCase):
    def test_refused_once_is_skipped_next_time(self):
        """Who does not exist is told so once; the next mailing skips the address, with that reason."""
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 No such user")
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, failed=1)
        self.server.forget()
        again = self.make_mailing()
        self.assertSummary(self.send(again), accepted=1, sent=1, excluded=1)
        self.assertEqual(self.excluded_reasons(again), {"mail_blocked": 1})
        evidence = self.env["mailing.address"].search([("is_blocked", "=", True)]).evidence_id
        self.assertEqual((evidence.trace_id, evidence.mailing_id), (self.trace("ann@example.org"), self.mailing))
        self.assertEqual(
            (evidence.source, evidence.smtp_reply_code, evidence.enhanced_status_code), ("smtp", "550", "5.1.1")
        )

    def test_soft_is_in_the_next_mailing(self):
        """A softly failing address is in the next mailing; after more than five it is not."""
        self.server.on("RCPT", recipient="ann@").reply("452 4.2.2 Mailbox full")
        self.make_contacts("ann@example.org")
        for number in range(7):
            mailing = self.make_mailing()
            self.send(mailing)
            self.env.cr.execute("UPDATE mailing_queue SET first_attempt_at = first_attempt_at - interval '3 days'")
            self.make_due(mailing)
            self.run_lane()
            excluded = {"mail_blocked": 1} if number == 6 else {}
            self.assertEqual(self.excluded_reasons(mailing), excluded, number)
        address = self.env["mailing.address"].search([("email", "=", "ann@example.org")])
        self.assertEqual((address.soft_bounce_count, address.blocked_reason), (6, "soft_bounces"))

    def test_shown_before_sending(self):
        """The count and the list of who is in and out name blocked addresses in plain words."""
        self.make_contacts("ann@example.org", "bob@example.org", "cid@example.org")
        self.block("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.assertEqual(mailing._count_audience(), {"to_send": 1, "excluded": {"mail_blocked": 2}})
        self.assertEqual(mailing.with_context(lang="en_US").count_audience()["reasons"], "2 blocked")
        action = mailing.action_view_audience()
        members = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(members.mapped("why"), ["blocked", "blocked", "gets it"])

    def test_weightier_reasons(self):
        """Who left, or is on the exclusion list, is excluded for that; who is left out or double for being blocked."""
        self.make_contacts(*(f"{name}@example.org" for name in ("listed", "left", "out", "twin", "Twin")))
        self.env["mail.blacklist"]._add("listed@example.org")
        self.list._update_subscription_from_email("left@example.org", opt_out=True)
        elsewhere = self.env["mailing.list"].create({"name": "Elsewhere", "usable_for_mailing": True})
        self.make_contacts("out@example.org", mailing_list=elsewhere)
        self.block(*(f"{name}@example.org" for name in ("listed", "left", "out", "twin")))
        expected = {"mail_bl": 1, "mail_optout": 1, "mail_blocked": 3}
        for engine in ("queue", "classic"):
            mailing = self.make_mailing(send_engine=engine, left_out_list_ids=[(6, 0, elsewhere.ids)])
            self.send(mailing)
            traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
            reasons = traces.mapped("failure_type")
            self.assertEqual({reason: reasons.count(reason) for reason in set(reasons)}, expected, engine)
            self.assertEqual(set(traces.mapped("trace_status")), {"cancel"})

    def test_blocked_although_the_exclusion_list_is_not_used(self):
        """A mailing that leaves the exclusion list aside still mails no dead addresses."""
        self.block("ann@example.org")
        self.assertSummary(
            self.send_to("ann@example.org", "bob@example.org", use_exclusion_list=False), excluded=1, accepted=1, sent=1
        )

    def test_every_spelling(self):
        """An international domain is blocked in either spelling."""
        self.block("zoe@xn--mnchen-3ya.example", "max@müller.example")
        self.send_to("zoe@münchen.example", "max@xn--mller-kva.example", "max@müller.example", "bob@example.org")
        self.assertEqual(self.excluded_reasons(self.mailing), {"mail_blocked": 3})
        self.assertEqual(self.server.addresses(), ["bob@example.org"])

    def test_blocked_on_the_way(self):
        """Who is blocked between the enqueue and the sending does not get it any more, in whichever spelling."""
        self.make_contacts("ann@example.org", "bob@example.org", "zoe@münchen.example")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.block("ann@example.org", "zoe@xn--mnchen-3ya.example")
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=1, sent=1, excluded=2)
        self.assertEqual(self.excluded_reasons(mailing), {"mail_blocked": 2})

    def test_engines_alike(self):
        """Both engines exclude the same people for the same reason, also where records have no list."""
        partners = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@example.org"} for name in ("ann", "bob")]
        )
        self.block("ann@example.org")
        ledgers = []
        for engine in ("queue", "classic"):
            mailing = self.make_mailing(
                send_engine=engine,
                mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
                mailing_domain=[("id", "in", partners.ids)],
                contact_list_ids=False,
                body_html=BODY,
            )
            self.send(mailing)
            traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
            ledgers.append({trace.email: (trace.trace_status, trace.failure_type) for trace in traces})
        self.assertEqual(*ledgers)
        self.assertEqual(ledgers[0]["ann@example.org"], ("cancel", "mail_blocked"))

    def test_cleared(self):
        """An address whose bounces are cleared gets the next mailing."""
        self.block("ann@example.org")
        self.env["mailing.address"].search([]).action_clear_bounces()
        self.assertSummary(self.send_to("ann@example.org"), accepted=1, sent=1)
