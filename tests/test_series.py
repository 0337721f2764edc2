"""Periodic mailings: each date sends a copy of the mailing as it is then, once, or says why not."""

from unittest.mock import patch

from psycopg2 import IntegrityError, OperationalError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeries(SeriesCase):
    def test_each_date_is_a_mailing_of_its_own(self):
        """C22: across the end of summer time, at nine on the wall; content and audience are those of the day."""
        series = self.start(self.make_series())
        self.assertEqual(str(series.next_at), "2026-10-19 07:00:00")
        self.run_cron("2026-10-19 06:59:59")
        self.assertFalse(series.run_ids)
        self.run_cron("2026-10-19 07:00:00")
        other = self.env["mailing.list"].create({"name": "Others", "usable_for_mailing": True})
        self.mailing.write({"subject": "Newer news", "contact_list_ids": [(6, 0, other.ids)]})
        self.contacts[0].list_ids += other
        self.run_cron("2026-10-26 08:00:10")
        self.assertEqual(
            self.dates(series), [("2026-10-19 07:00:00", "sent"), ("2026-10-26 08:00:00", "sent")], series.run_ids
        )
        second, first = series.run_ids.mailing_id
        self.assertEqual((first.subject, first.contact_list_ids), ("News", self.list))
        self.assertEqual((second.subject, second.contact_list_ids), ("Newer news", other))
        self.assertEqual(set((first + second).mapped("state")), {"in_queue"})
        self.assertEqual((first + second).sender_user_id, self.sender)
        self.assertEqual((self.mailing.state, series.state), ("draft", "running"))
        self.assertEqual(str(series.next_at), "2026-11-02 08:00:00")

    def test_the_job_is_woken_for_the_next_date(self):
        """C22: a trigger stands for the very moment; nobody waits for the job's own interval."""
        self.start(self.make_series())
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("bulk_mailing.ir_cron_series").id)]
        )
        self.assertIn("2026-10-19 07:00:00", [str(trigger.call_at) for trigger in triggers])

    def test_a_number_of_times(self):
        """C22, C23: after the last time it is finished."""
        series = self.start(self.make_series(repeat_count=2, repeat_unit="days"))
        for day in (19, 20, 21):
            self.run_cron(f"2026-10-{day} 07:00:00")
        self.assertEqual(len(series.run_ids), 2)
        self.assertEqual((series.state, series.next_at), ("done", False))

    def test_until_a_day(self):
        """C22, C23: the last day is sent on, the day after is not."""
        series = self.start(self.make_series(repeat_until="2026-10-20", repeat_unit="days"))
        for day in (19, 20, 21):
            self.run_cron(f"2026-10-{day} 07:00:00")
        self.assertEqual([date for date, _state in self.dates(series)], ["2026-10-19 07:00:00", "2026-10-20 07:00:00"])
        self.assertEqual(series.state, "done")

    def test_next_dates_are_shown(self):
        """C22: the next dates stand there before it is started, in the zone that is named."""
        with self.at("2026-10-18 12:00:00"):
            series = self.make_series(repeat_weekdays="mon,wed", repeat_count=2)
            words = series.next_dates_in_words
            self.assertIn("09:00", words)
            self.assertIn("Oct 21", words.replace("21 Oct", "Oct 21"))
            self.assertNotIn("…", words)
            series.repeat_count = 0
            self.assertTrue(series.next_dates_in_words.endswith("…"))

    def test_weekdays_on_the_screen(self):
        """C22: seven boxes, and the names that a script writes, are the same."""
        series = self.make_series(repeat_weekdays="Mon, wed")
        self.assertEqual((series.mon, series.tue, series.wed), (True, False, True))
        series.write({"mon": False, "fri": True})
        self.assertEqual(series.repeat_weekdays, "wed,fri")

    def test_a_rule_that_cannot_be(self):
        """C22: is refused with a sentence."""
        for values in (
            {"repeat_interval": 0},
            {"send_time": 24.0},
            {"repeat_until": "2026-10-01"},
            {"repeat_weekdays": "montag"},
            {"repeat_count": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.make_series(**values)

    def test_one_series_for_a_mailing(self):
        """C22: a mailing is not repeated by two series at once."""
        self.make_series()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.make_series()

    # ------------------------------------------------------------
    # Late, held, twice, crash
    # ------------------------------------------------------------

    def test_late_within_the_limit(self):
        """C22: the server was down at nine; three hours later it is sent."""
        series = self.start(self.make_series(late_limit_hours=3))
        self.run_cron("2026-10-19 10:00:00")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "sent")])
        self.assertFalse(series.activity_ids)

    def test_too_late_is_skipped_and_reported(self):
        """C22: a second later it is skipped, the owner is told, and the next date stands; it does not count."""
        series = self.start(self.make_series(late_limit_hours=3, repeat_count=1))
        self.run_cron("2026-10-19 10:00:01")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "skipped")])
        self.assertIn("Skipped", series.activity_ids.summary)
        self.assertEqual(series.activity_ids.user_id, self.sender)
        self.assertEqual(str(series.next_at), "2026-10-26 08:00:00")
        self.assertFalse(series.run_ids.mailing_id)

    def test_of_several_missed_only_the_last(self):
        """C22: after days without a server people get one mail, not one for each day."""
        series = self.start(self.make_series(repeat_unit="days", late_limit_hours=100))
        self.run_cron("2026-10-21 08:00:00")
        self.assertEqual([state for _date, state in self.dates(series)], ["skipped", "skipped", "sent"])
        self.assertEqual(len(series.activity_ids), 1)

    def test_an_error_holds_the_run(self):
        """C22: a date whose checks find an error is held, with the reason; mended, somebody sends it."""
        series = self.start(self.make_series())
        good = self.mailing.body_html
        self.mailing.body_html = "<p>No way out</p>"
        self.run_cron("2026-10-19 07:00:00")
        run = series.run_ids
        self.assertEqual((run.state, run.mailing_id.ids), ("held", []))
        self.assertIn("nsubscribe", run.reason)
        self.assertIn("Held", series.activity_ids.summary)
        self.assertEqual(str(series.next_at), "2026-10-26 08:00:00")
        self.assertFalse(self.env["mailing.mailing"].search([("subject", "=", "News"), ("id", "!=", self.mailing.id)]))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            run.with_user(self.sender).action_send()
        self.mailing.body_html = good
        run.with_user(self.sender).action_send()
        self.assertEqual((run.state, run.mailing_id.state), ("sent", "in_queue"))
        with self.assertRaisesRegex(UserError, "held"):
            run.with_user(self.sender).action_send()

    def test_a_held_date_gives_way_to_the_next(self):
        """C22: what was held and not mended is not sent together with the next."""
        series = self.start(self.make_series())
        with patch.object(type(self.mailing), "_check_no_errors", side_effect=UserError("Mend this")):
            self.run_cron("2026-10-19 07:00:00")
        self.run_cron("2026-10-26 08:00:00")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "skipped"), ("2026-10-26 08:00:00", "sent")])

    def test_a_warning_does_not_hold(self):
        """C22: a warning that nobody could read at the date is no error."""
        series = self.start(self.make_series())
        self.mailing.body_html += "<p>News from the mountains.</p>" * 4000
        self.run_cron("2026-10-19 07:00:00")
        self.assertEqual((series.run_ids.state, series.run_ids.mailing_id.warning_count), ("sent", 1))

    @mute_logger("odoo.addons.bulk_mailing.models.mailing_series_run")
    def test_a_bug_holds_and_does_not_stop_the_others(self):
        """C22: what nobody foresaw holds one date, with its reason; the other series go on."""
        bad = self.start(self.make_series())
        good = self.start(self.make_series(self.make_mailing(self.sender, subject="Good")))
        stock = type(self.mailing).action_put_in_queue

        def trouble(mailings):
            if mailings.subject == "News":
                raise ValueError("broken")
            return stock(mailings)

        with patch.object(type(self.mailing), "action_put_in_queue", trouble):
            self.run_cron("2026-10-19 07:00:00")
        self.assertEqual((bad.run_ids.state, bad.run_ids.reason), ("held", "broken"))
        self.assertEqual(good.run_ids.state, "sent")

    @mute_logger("odoo.addons.bulk_mailing.models.mailing_series.runs")
    def test_a_crash_before_departure_loses_nothing(self):
        """C22: copy, place in the queue and next date are one: after a crash the date is sent, once."""
        series = self.start(self.make_series())
        before = self.env["mailing.mailing"].search_count([])
        with patch.object(type(self.mailing), "action_put_in_queue", side_effect=OperationalError("gone")):
            self.run_cron("2026-10-19 07:00:00")
        self.assertEqual((self.dates(series), str(series.next_at)), ([], "2026-10-19 07:00:00"))
        self.assertEqual(self.env["mailing.mailing"].search_count([]), before)
        for _time in range(2):
            self.run_cron("2026-10-19 07:01:00")
        self.assertEqual(self.dates(series), [("2026-10-19 07:00:00", "sent")])

    def test_two_jobs_at_once(self):
        """C22: who does not get the row's lock leaves the series alone, and no date is ever there twice."""
        series = self.start(self.make_series())
        with patch.object(type(series), "try_lock_for_update", lambda series, **_options: series.browse()):
            self.run_cron("2026-10-19 07:00:00")
        self.assertFalse(series.run_ids)
        self.run_cron("2026-10-19 07:00:00")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["mailing.series.run"].create({"series_id": series.id, "planned_at": series.run_ids.planned_at})
            self.env.flush_all()

    # ------------------------------------------------------------
    # Pause, change, stop
    # ------------------------------------------------------------

    def test_pause_and_go_on(self):
        """C22: what passes during a pause is left out; nothing goes out twice."""
        series = self.start(self.make_series())
        self.run_cron("2026-10-19 07:00:00")
        series.action_pause()
        self.run_cron("2026-10-26 08:00:00")
        self.start(series, "2026-10-26 08:00:30")
        self.assertEqual(str(series.next_at), "2026-11-02 08:00:00")
        self.assertEqual(len(series.run_ids), 1)

    def test_change_while_running(self):
        """C22: another hour holds from the next date; what is due at this moment still goes."""
        series = self.start(self.make_series())
        with self.at("2026-10-18 13:00:00"):
            series.send_time = 16.5
        self.assertEqual(str(series.next_at), "2026-10-19 14:30:00")
        with self.at("2026-10-19 14:30:01"):
            series.write({"send_time": 18.0})
        self.run_cron("2026-10-19 14:30:02")
        self.assertEqual(self.dates(series), [("2026-10-19 14:30:00", "sent")])
        self.assertEqual(str(series.next_at), "2026-10-19 16:00:00")

    def test_stop(self):
        """C22: stopped is stopped, and the mailing may then be sent by itself."""
        series = self.start(self.make_series())
        with self.assertRaisesRegex(UserError, "Stop the series"):
            self.mailing.action_launch()
        series.action_stop()
        self.run_cron("2026-10-19 07:00:00")
        self.assertFalse(series.run_ids)
        self.mailing.action_launch()
        self.assertEqual(self.mailing.state, "in_queue")

    def test_no_date_left(self):
        """C22: a series that would never send is not started."""
        series = self.make_series(repeat_until="2026-10-20")
        with self.assertRaisesRegex(UserError, "still to come"):
            self.start(series, "2026-10-21 00:00:00")

    def test_a_run_is_an_ordinary_mailing(self):
        """C13, C22: it can be cancelled, and then needs terms of its own; the series shows both ways."""
        series = self.start(self.make_series())
        self.run_cron("2026-10-19 07:00:00")
        mailing = series.run_ids.mailing_id.with_user(self.sender)
        self.assertEqual((mailing.series_id, self.mailing.series_id), (series, series))
        mailing.action_cancel()
        with self.assertRaisesRegex(UserError, "terms"):
            mailing.action_launch()

    def test_results_add_up(self):
        """C22: the numbers of the mailings are summed in the series."""
        series = self.start(self.make_series(repeat_unit="days"))
        for day in (19, 20):
            self.run_cron(f"2026-10-{day} 07:00:00")
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((series.sent_run_count, series.recipient_count, series.excluded_count), (2, 4, 2))
