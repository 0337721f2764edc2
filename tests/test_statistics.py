"""What a mailing says of itself."""

from odoo.tests import Form, TransactionCase, tagged

from .recipients import make_trace

STATUS = {
    "queued": "outgoing",
    "sending": "outgoing",
    "deferred": "outgoing",
    "sent": "sent",
    "in_doubt": "pending",
    "failed": "error",
    "excluded": "cancel",
}


@tagged("post_install", "-at_install")
class TestStatistics(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trace = make_trace(cls.env, "ann@example.org")
        cls.mailing = cls.trace.mass_mailing_id
        cls.trace.unlink()

    def add(self, delivery_state, count=1, **values):
        return self.env["mailing.trace"].create(
            [
                {
                    "mass_mailing_id": self.mailing.id,
                    "model": "mailing.contact",
                    "res_id": number,
                    "delivery_state": delivery_state,
                    "trace_status": STATUS[delivery_state],
                    **values,
                }
                for number in range(1, count + 1)
            ]
        )

    def test_counts(self):
        """Everybody is in one count, and the counts add up to the recipients."""
        for count, state in enumerate(STATUS, start=1):
            self.add(state, count)
        mailing = self.mailing
        self.assertEqual(mailing.waiting_count, 1 + 2 + 3)
        self.assertEqual(mailing.deferred_count, 3)
        self.assertEqual(mailing.accepted_count, 4)
        self.assertEqual(mailing.in_doubt_count, 5)
        self.assertEqual(mailing.undelivered_count, 6)
        self.assertEqual(mailing.excluded_count, 7)
        self.assertEqual(mailing.recipient_count, 21)
        self.assertAlmostEqual(mailing.progress, 100 * 15 / 21)

    def test_late_bounce_is_not_delivered(self):
        """A mail that was accepted and bounced later is counted as not delivered."""
        self.add("sent", 2)[0].set_bounced()
        self.assertEqual((self.mailing.accepted_count, self.mailing.undelivered_count), (1, 1))

    def test_lists_behind_the_counts(self):
        """The list behind each button has as many rows as the button says."""
        for count, state in enumerate(STATUS, start=1):
            self.add(state, count)
        self.mailing.mailing_trace_ids.filtered(lambda trace: trace.delivery_state == "sent")[0].set_bounced()
        for name in ("accepted", "deferred", "in_doubt", "undelivered", "excluded"):
            action = getattr(self.mailing, f"action_view_{name}")()
            rows = self.env[action["res_model"]].search_count(action["domain"])
            self.assertEqual(rows, self.mailing[f"{name}_count"], name)

    def test_opens_are_measured_where_asked(self):
        """A36: our engine measures opens only where the mailing says so; Odoo's own always does."""
        self.assertFalse(self.mailing.is_opens_measured)
        self.mailing.track_opens = True
        self.assertTrue(self.mailing.is_opens_measured)
        self.mailing.write({"track_opens": False, "send_engine": "classic"})
        self.assertTrue(self.mailing.is_opens_measured)

    def test_mail_after_a_day_says_not_measured(self):
        """A36: the mail with the statistics does not say 0 % of opens that nobody counted."""
        column = self.mailing._prepare_statistics_email_values()["kpi_data"][0]["kpi_col2"]
        self.assertEqual(column["value"], "Not measured")
        self.mailing._action_send_statistics()
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        self.assertIn("Not measured", mail.body_html)
        self.mailing.track_opens = True
        column = self.mailing._prepare_statistics_email_values()["kpi_data"][0]["kpi_col2"]
        self.assertTrue(column["value"].endswith("%"))

    def test_form_keeps_the_options(self):
        """The Settings tab keeps what belongs to the mailing; the options of our engine show on our engine only."""
        with Form(self.mailing) as form:
            form.description = "Seen by colleagues"
            form.track_links = False
            form.send_engine = "classic"
            with self.assertRaises(AssertionError):
                form.track_links = True
        self.assertEqual(self.mailing.description, "Seen by colleagues")
        self.assertFalse(self.mailing.track_links)
