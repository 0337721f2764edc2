"""Whom a mailing of one of several companies goes to, and whose settings hold."""

from odoo.tests import tagged

from .common import BulkCase
from .companies import CompaniesMixin


@tagged("post_install", "-at_install")
class TestMailingsOfCompanies(CompaniesMixin, BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.theirs.bulk_undo_seconds = 0
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": "Ann Ours", "email": "ann@example.org", "company_id": cls.ours.id},
                {"name": "Bob Theirs", "email": "bob@example.org", "company_id": cls.theirs.id},
                {"name": "Cyd Shared", "email": "cyd@example.org"},
            ]
        )

    def make_mailing_of(self, user):
        return self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=f"[('id', 'in', {self.partners.ids})]",
            user_id=user.id,
        ).with_user(user)

    def test_recipients(self):
        """A mailing goes to those whom who sends it may read, though the job that sends sees everybody."""
        for user, expected in (
            (self.our_sender, {"ann@example.org", "cyd@example.org"}),
            (self.their_sender, {"bob@example.org", "cyd@example.org"}),
        ):
            mailing = self.make_mailing_of(user)
            self.assertEqual(mailing._count_audience()["to_send"], 2)
            self.enqueue(mailing)
            self.assertEqual(set(mailing.mailing_trace_ids.mapped("email")), expected)

    def test_given_up(self):
        """B11: for how many days is tried is a setting of the company of who sends, whoever's lane it is."""
        self.ours.bulk_give_up_days, self.theirs.bulk_give_up_days = 2, 9
        self.server.on("RCPT").reply("451 4.3.0 Come back later")
        mailings = {days: self.make_mailing_of(user) for days, user in ((2, self.our_sender), (9, self.their_sender))}
        for mailing in mailings.values():
            self.enqueue(mailing)
        self.env["mailing.queue"].search([]).write({"first_attempt_at": "2020-01-01", "attempt_count": 20})
        self.env.flush_all()
        self.run_lane()
        for days, mailing in mailings.items():
            for trace in mailing.mailing_trace_ids:
                self.assertIn(f"{days} days", trace.failure_reason)
