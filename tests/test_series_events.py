"""The audit list tells of a series who started, changed, paused and stopped it, and what became of its dates."""

from odoo.tests import tagged

from .series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesEvents(SeriesCase):
    def events(self):
        found = self.env["mailing.event"].search([("mailing_id", "=", self.mailing.id)], order="id")
        return [(event.kind, event.user_id) for event in found if event.kind != "prepared"]

    def note(self, kind):
        return self.env["mailing.event"].search([("mailing_id", "=", self.mailing.id), ("kind", "=", kind)]).note

    def test_life(self):
        """C22: each by who did it; a last date is the system's."""
        series = self.start(self.make_series(repeat_count=1))
        with self.at("2026-10-18 13:00:00"):
            series.send_time = 10.5
            series.action_pause()
            series.action_start()
        self.run_cron("2026-10-19 08:30:00")
        system = self.env.ref("base.user_root")
        self.assertEqual(
            self.events(),
            [
                ("series_started", self.sender),
                ("series_changed", self.sender),
                ("series_paused", self.sender),
                ("series_started", self.sender),
                ("series_finished", system),
            ],
        )
        self.assertIn("10:30", self.note("series_changed"))

    def test_stop(self):
        series = self.start(self.make_series())
        series.action_stop()
        self.assertEqual(self.events(), [("series_started", self.sender), ("series_stopped", self.sender)])

    def test_dates(self):
        """C22: which date was held or skipped, and why."""
        series = self.start(self.make_series())
        self.mailing.write({"body_html": "<p>No way out</p>", "body_arch": "<p>No way out</p>"})
        self.run_cron("2026-10-19 07:00:00")
        series.run_ids.action_skip()
        self.run_cron("2026-10-26 20:00:00")
        kinds = [kind for kind, _user in self.events()]
        self.assertEqual(kinds, ["series_started", "date_held", "date_skipped", "date_skipped"])
        self.assertIn("19 Oct 2026", self.note("date_held").replace("Oct 19, 2026", "19 Oct 2026"))
        self.assertIn("must be mended", self.note("date_held"))

    def test_changed_by_who_has_to_ask(self):
        """C15: it was the requester who paused it, by a change."""
        self.mailing.user_id = self.requester
        self.start(self.make_series())
        self.mailing.with_user(self.requester).subject = "Another subject"
        self.assertEqual(self.events()[-1], ("series_paused", self.requester))
