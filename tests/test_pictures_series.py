"""Pictures from elsewhere in a mailing that is repeated."""

from odoo.tests import tagged

from .pictures_case import PicturesMixin
from .series_case import SeriesCase
from .web_server import answer, picture


@tagged("post_install", "-at_install")
class TestPicturesOfSeries(PicturesMixin, SeriesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()

    def started(self, user, *urls):
        mailing = self.make_mailing(user, **self.with_pictures(*urls))
        mailing._copy_new_pictures()
        mailing.action_run_checks()
        mailing.action_acknowledge_warnings()
        return self.start(self.make_series(mailing))

    def test_copied_once_for_all_dates(self):
        """C29, C22: each date sends the copies that were made at the start."""
        series = self.started(self.sender, self.there)
        self.run_cron("2026-10-19 07:00:00")
        self.run_cron("2026-10-26 08:00:10")
        self.assertEqual([state for _date, state in self.dates(series)], ["sent", "sent"])
        self.assertEqual(len(self.web.asked), 1)
        for mailing in series.run_ids.mailing_id:
            self.assertEqual(mailing.body_html, series.mailing_id.body_html)
            self.assertNotIn(self.there, mailing.body_html)

    def test_put_in_later(self):
        """C29, C22: a picture that a sender puts in while the series runs is copied before the next date."""
        series = self.started(self.sender, self.there)
        later = self.web.url("/later.png", "pictures.example")
        self.web.pages["/later.png"] = answer(picture(colour="blue"))
        series.mailing_id.write(self.with_pictures(later, self.gone))
        self.run_cron("2026-10-19 07:00:00")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "sent")], series.run_ids.mapped("reason"))
        self.assertNotIn(later, series.run_ids.mailing_id.body_html)
        self.assertIn(self.gone, series.run_ids.mailing_id.body_html)
        self.run_cron("2026-10-26 08:00:10")
        self.assertEqual(len(self.dates(series)), 2)
        self.assertEqual(self.web.paths.count("/gone.png"), 1)

    def test_put_in_behind_everybodys_back(self):
        """C29, C22: what nobody who may send has seen is not fetched either; the date is held."""
        series = self.started(self.sender, self.there)
        later = self.web.url("/later.png", "pictures.example")
        series.mailing_id.sudo().write(self.with_pictures(later))
        self.run_cron("2026-10-19 07:00:00")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "held")])
        self.assertNotIn("/later.png", self.web.paths)
