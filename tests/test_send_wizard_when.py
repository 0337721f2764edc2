"""Step 2 of the four: the moment of sending, in a named zone, as a screen or a script chooses it."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestMomentOfSending(PeopleCase):
    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.sender)
        self.wizard = self.make_wizard(self.mailing)

    def test_later_in_the_named_zone(self):
        """C7, C21: day and hour are those of the named zone, whatever the browser's; the zone is the user's."""
        self.assertEqual(self.wizard.timezone, "Europe/Amsterdam")
        self.walk(self.wizard, "audience")
        self.wizard.write({"when": "later", "send_on": "2040-12-03", "send_time": 9.5})
        self.assertEqual(self.mailing.send_at, fields.Datetime.to_datetime("2040-12-03 08:30:00"))
        self.assertIn("Europe/Amsterdam, UTC+01:00", self.wizard.when_in_words)
        self.walk(self.wizard).action_send()
        self.assertEqual(self.mailing.schedule_type, "scheduled")
        self.assertEqual(self.mailing.schedule_date, fields.Datetime.to_datetime("2040-12-03 08:30:00"))
        self.mailing.action_cancel()
        self.assertEqual(self.mailing.state, "draft")
        self.assertEqual(self.mailing.send_at, fields.Datetime.to_datetime("2040-12-03 08:30:00"), "the choice is kept")

    def test_pace(self):
        """A limit of mails a minute is chosen here too, and the overview says how long it takes."""
        self.assertEqual(self.wizard.pace_in_words, "As fast as it goes")
        for rate, count, words in (
            (100, 101, "100 mails a minute: about 2 min for 101 people"),
            (100, 60000, "100 mails a minute: about 10 hours for 60,000 people"),
        ):
            self.wizard.rate_per_minute = rate
            with patch.multiple(type(self.wizard), to_send_count=count, to_send_in_words=f"{count:,}"):
                self.assertEqual(self.wizard._pace_in_words(), words)
        self.assertEqual(self.mailing.rate_per_minute, 100)

    def test_a_moment_that_passed_during_the_last_question(self):
        """C7: "later" never becomes "at once" by itself: the mailing stays a draft, and one is told."""
        self.walk(self.wizard)
        self.wizard.write({"when": "later", "send_at": fields.Datetime.now() - timedelta(minutes=1)})
        with self.assertRaisesRegex(UserError, "passed"):
            self.wizard.action_send()
        self.assertEqual(self.mailing.state, "draft")

    def test_another_zone_keeps_the_hour(self):
        """C21: choosing another zone on the screen keeps the hour on the wall."""
        self.walk(self.wizard, "audience")
        with Form(self.wizard) as form:
            form.when = "later"
            form.send_on = date(2040, 7, 1)
            form.send_time = 9.0
            form.timezone = "America/New_York"
        self.assertEqual(self.mailing.send_at, fields.Datetime.to_datetime("2040-07-01 13:00:00"))

    def set_moment(self, moment):
        self.walk(self.wizard, "audience")
        self.wizard.write({"when": "later", "send_at": moment})
        self.env.invalidate_all()  # a browser's next call begins with nothing read yet

    def assert_moment(self, moment):
        self.env.invalidate_all()
        self.assertEqual(self.mailing.send_at, fields.Datetime.to_datetime(moment))

    def test_only_a_day(self):
        """C7, C21: a day alone goes with the hour on the screen, nine o'clock at first."""
        for values in ({"send_on": "2040-12-03"}, {"send_on": "2040-12-03", "send_at": "2040-12-02 23:00:00"}):
            self.set_moment(False)
            self.wizard.write(values)
            self.assert_moment("2040-12-03 08:00:00")

    def test_another_day_keeps_the_time(self):
        """C7, C21: as the browser saves it, with or without the moment beside it."""
        for values in ({"send_on": "2040-07-04"}, {"send_on": "2040-07-04", "send_at": "2040-07-03 22:00:00"}):
            self.set_moment("2040-12-03 13:15:00")
            self.wizard.write(values)
            self.assert_moment("2040-07-04 12:15:00")

    def test_another_time_keeps_the_day(self):
        """C7, C21: as the browser saves it, with or without the moment beside it."""
        for values in ({"send_time": 16.5}, {"send_time": 16.5, "send_at": False}):
            self.set_moment("2040-12-03 13:15:00")
            self.wizard.write(values)
            self.assert_moment("2040-12-03 15:30:00")

    def test_another_zone_alone_keeps_day_and_time(self):
        """C21: the zone saved by itself changes the moment; a moment given with a zone is that moment."""
        self.set_moment("2040-12-03 13:15:00")
        self.wizard.timezone = "America/New_York"
        self.assert_moment("2040-12-03 19:15:00")
        self.wizard.write({"timezone": "Asia/Tokyo", "send_at": "2040-12-03 08:00:00"})
        self.assert_moment("2040-12-03 08:00:00")
        self.assertEqual(self.wizard.send_time, 17.0)

    def test_the_zone_is_kept(self):
        """C7: a closed window loses nothing: the steps come back with the hour and the zone that were chosen."""
        self.set_moment("2040-12-03 13:15:00")
        self.wizard.timezone = "America/New_York"
        self.env.invalidate_all()
        again = self.make_wizard(self.mailing)
        self.assertEqual((again.timezone, again.send_time), ("America/New_York", 14.25))

    def test_an_impossible_time(self):
        """C7: a time that no clock shows is refused, not taken for another day; the moment stays."""
        self.set_moment("2040-12-03 13:15:00")
        for time in (28.5, 24.0, 23.9999, -1.0, float("nan"), float("inf")):
            with self.subTest(time=time), self.assertRaisesRegex(UserError, "00:00 to 23:59"):
                self.wizard.write({"send_time": time})
        form = Form(self.wizard)
        with self.assertRaisesRegex(UserError, "00:00 to 23:59"):
            form.send_time = 28.5
        self.assert_moment("2040-12-03 13:15:00")

    def test_day_and_time_on_the_screen(self):
        """C7, C21: one of the two changed on the screen leaves the other; the order does not matter."""
        self.set_moment(False)
        with Form(self.wizard) as form:
            form.when = "later"
            form.send_on = date(2040, 12, 3)
            self.assertEqual(form.send_time, 9.0)
        self.assert_moment("2040-12-03 08:00:00")
        with Form(self.wizard) as form:
            form.send_time = 14.25
        self.assert_moment("2040-12-03 13:15:00")
        with Form(self.wizard) as form:
            form.send_on = date(2040, 7, 4)
        self.assert_moment("2040-07-04 12:15:00")
        self.set_moment(False)
        with Form(self.wizard) as form:
            form.send_time = 14.25
            form.send_on = date(2040, 12, 3)
        self.assert_moment("2040-12-03 13:15:00")
