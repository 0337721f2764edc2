"""What jobs keep for people is a key, a server's own words, or in the language of those people; never in the job's."""

from odoo.tests import tagged

from .bounce_mails import complaint
from .dutch import DutchMixin
from .series_case import SeriesCase
from .test_bounce_gateway import HARD, SOFT, GatewayCase


@tagged("post_install", "-at_install")
class TestLanguageOfBounces(DutchMixin, GatewayCase):
    """Sanne has sent it, and jobs that speak English hear what became of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learn_dutch()

    def setUp(self):
        super().setUp()
        self.mailing.sender_user_id = self.sanne

    def test_came_back(self):
        """B3: why it came back is a reason that everybody reads in their own language, and the server's words."""
        self.report(**HARD)
        trace = self.for_sanne(self.trace("ann@example.org"))
        self.assertEqual((trace.bounce_reason, trace.failure_reason), ("userunknown", "550 5.1.1 No such user"))
        reasons = dict(trace.fields_get(["bounce_reason"])["bounce_reason"]["selection"])
        self.assertEqual(reasons[trace.bounce_reason], "Dit adres bestaat niet.")

    def test_given_up(self):
        """B11: that nobody tries any longer, by a report and by a lane."""
        self.env.cr.execute(
            "UPDATE mailing_trace SET first_attempt_at = '2020-01-01', last_attempt_after = '2020-01-01'"
        )
        self.env.invalidate_all()
        self.report(**SOFT)
        self.server.on("RCPT", recipient="cyd").reply("451 4.3.0 Come back later")
        self.make_contacts("cyd@example.org")
        self.enqueue(later := self.make_mailing())
        later.sender_user_id = self.sanne
        waiting = self.env["mailing.queue"].search([("email", "=", "cyd@example.org")])
        waiting.write({"first_attempt_at": "2020-01-01", "attempt_count": 20})
        self.env.flush_all()
        self.run_lane()
        for trace in (self.trace("ann@example.org"), later.mailing_trace_ids.filtered("failure_reason")):
            self.assertTrue(trace.failure_reason.startswith("Al 3 dagen niet af te leveren. 4"), trace.failure_reason)

    def test_complaint(self):
        """The note on the exclusion list."""
        self.come_in(complaint(self.mail))
        excluded = self.env["mail.blacklist"].search([("email", "=", "ann@example.org")])
        self.assertIn("Noemde mailing", str(excluded.message_ids.mapped("body")))


@tagged("post_install", "-at_install")
class TestLanguageOfSeries(DutchMixin, SeriesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learn_dutch()

    def test_too_late(self):
        """C22: why a date was skipped, in the language of who started the series."""
        self.sender.lang = "nl_NL"
        series = self.start(self.make_series())
        self.run_cron("2026-10-25 12:00:00")
        self.assertEqual(series.run_ids.mapped("reason"), ["Te laat"])
