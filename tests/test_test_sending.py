"""A test sending to a selection: it goes out, tells its progress, and leaves nothing with the recipients."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import BulkCase
from .recipients import make_trace

STATISTICS = ("sent", "expected", "delivered", "opened", "clicked", "replied", "bounced", "clicks_ratio")


@tagged("post_install", "-at_install")
class TestTestSending(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["utm.campaign"].create({"name": "Autumn"})
        cls.contacts = cls.make_contacts("ann@example.org", "bob@example.org")
        cls.mailing = cls.make_mailing(is_test_send=True, campaign_id=cls.campaign.id, track_opens=True)

    def statistics(self, mailing):
        self.env.invalidate_all()
        return {name: mailing[name] for name in STATISTICS if mailing[name]}

    def test_it_goes_out_and_tells_its_progress(self):
        """C27: everybody gets it, the mailing's page says so, and no statistics do."""
        self.assertSummary(self.send(self.mailing), accepted=2, sent=2)
        self.assertEqual((self.mailing.accepted_count, self.mailing.recipient_count), (2, 2))
        self.assertEqual(self.mailing.mailing_trace_ids.mapped("is_test_trace"), [True, True])
        self.assertEqual(self.statistics(self.mailing), {})
        self.assertFalse(self.mailing.kpi_mail_required)

    def test_opens_clicks_and_answers_are_not_kept(self):
        """C27: neither on the recipient's line nor at the link."""
        self.send(self.mailing)
        trace = self.mailing.mailing_trace_ids[0]
        code = self.env["link.tracker"].search([("mass_mailing_id", "=", self.mailing.id)], limit=1).code
        self.env["link.tracker.click"].add_click(code, ip="1.2.3.4", mailing_trace_id=trace.id)
        trace.set_opened()
        self.env["mailing.trace"].set_replied(domain=[("message_id", "=", trace.message_id)])
        self.assertEqual((trace.trace_status, trace.links_click_datetime, trace.open_datetime), ("sent", False, False))
        self.assertFalse(self.env["link.tracker.click"].search([("mass_mailing_id", "=", self.mailing.id)]))

    def test_others_are_counted_as_ever(self):
        """C27: the same with a real mailing beside it is counted, on the mailing, the campaign and the report."""
        real = self.make_mailing(campaign_id=self.campaign.id)
        self.send(self.mailing)
        self.send(real)
        trace = real.mailing_trace_ids[0]
        trace.set_clicked()
        trace.set_opened()
        self.assertEqual(self.statistics(real)["opened"], 1)
        self.assertEqual((self.campaign.received_ratio, self.campaign.opened_ratio), (100, 50))
        self.env.flush_all()
        report = self.env["mailing.trace.report"].search([("campaign", "=", "Autumn")])
        self.assertEqual(sum(report.mapped("scheduled")), 2)

    def test_a_campaign_that_changes_later(self):
        """C27: also when the mailing is put into another campaign, its recipients are in none."""
        self.send(self.mailing)
        self.mailing.campaign_id = self.env["utm.campaign"].create({"name": "Winter"})
        self.env.flush_all()
        self.assertFalse(self.mailing.mailing_trace_ids.campaign_id)

    def test_who_got_a_test_gets_the_real_one(self):
        """C27, C34: an A/B test of the same campaign reaches those whom the test has reached."""
        self.send(self.mailing)
        self.server.forget()
        real = self.make_mailing(campaign_id=self.campaign.id, ab_testing_enabled=True, ab_testing_pc=100)
        self.assertSummary(self.send(real), accepted=2, sent=2)

    def test_a_bounce_is_a_fact_about_the_address(self):
        """C27: an address that does not exist does not exist; the mailing says who could not be reached."""
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 No such user")
        self.send(self.mailing)
        self.assertEqual(self.mailing.undelivered_count, 1)
        self.assertEqual(self.env["mailing.address"].search([("email", "=", "ann@example.org")]).hard_bounce_count, 1)
        self.assertEqual(self.statistics(self.mailing), {})

    def test_not_on_odoos_own_queue_nor_in_an_ab_test(self):
        """C27: where it could not be honoured it does not leave."""
        self.set_parameter("enforce_terms_and_checks", "1")
        admin = self.env.ref("base.user_admin")
        for values, words in (
            ({"send_engine": "classic"}, "cannot do this: a test sending"),
            ({"ab_testing_enabled": True}, "A/B"),
        ):
            mailing = self.make_mailing(is_test_send=True, **values).with_user(admin)
            mailing._accept_terms()
            with self.assertRaisesRegex(UserError, words):
                mailing.action_launch()

    def test_a_requester_asks_for_it(self):
        """C15, C27: a test sending is a mailing: who may not send requests it, and the request names it."""
        groups = "base.group_user,mail.group_mail_template_editor,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "rita", groups=groups)
        mailing = self.make_mailing(is_test_send=True, user_id=requester.id).with_user(requester)
        with self.assertRaises(AccessError):
            mailing.action_put_in_queue()
        mailing._request_sending({"send_when": "now"})
        self.assertIn("Test sending", mailing.message_ids[0].body)
        mailing.is_test_send = False
        self.assertEqual(mailing.request_state, "none")

    def test_the_last_question(self):
        """C27: the four steps say that it is a test, up to the question."""
        wizard = self.env["mailing.send"].create({"mailing_id": self.mailing.id})
        self.assertEqual(wizard.question, "Send this TEST to 2 people?")
        wizard.is_test_send = False
        self.assertEqual(wizard.question, "Send to 2 people?")


@tagged("post_install", "-at_install")
class TestTestsOfTexts(TransactionCase):
    def test_text_messages_stay_as_they_were(self):
        """C27: what stock notes of the tests of text messages it goes on noting."""
        trace = make_trace(self.env, "ann@example.org")
        trace.write({"is_test_trace": True, "trace_type": "sms"})
        trace.set_opened()
        self.assertEqual(trace.trace_status, "open")
