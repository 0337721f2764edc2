"""Again and again in the four steps: prepared, asked for, started; and the screens of a series."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .browser import BrowserCase
from .people import BODY
from .series_case import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesWizard(SeriesCase):
    def choose(self, mailing, **values):
        """Weekly on Wednesdays, in step 2."""
        wizard = self.make_wizard(mailing)
        self.walk(wizard, "audience")
        wizard.write(
            {"when": "periodic", "repeat_weekdays": "wed", "send_on": "2040-12-03", "send_time": 9.5, **values}
        )
        return wizard

    def test_start(self):
        """C22: what is chosen in step 2 becomes the series; the mailing stays a draft."""
        wizard = self.choose(self.mailing, repeat_count=10)
        self.assertIn("every week on Wednesday", wizard.when_in_words)
        self.assertIn("10 times", wizard.when_in_words)
        self.assertEqual(self.mailing.repeated_by_ids.state, "draft", "nothing is lost by a closed window")
        action = self.walk(wizard).action_send()
        series = self.mailing.repeated_by_ids
        self.assertEqual((action["res_model"], action["res_id"]), ("mailing.series", series.id))
        self.assertEqual((series.state, self.mailing.state), ("running", "draft"))
        self.assertEqual((str(series.next_at), series.repeat_count), ("2040-12-05 08:30:00", 10))
        self.assertEqual(self.mailing.action_open_send()["res_model"], "mailing.series")

    def test_chosen_again(self):
        """C22: the four steps begin with what was chosen before, and change it."""
        self.choose(self.mailing, repeat_interval=2, timezone="Asia/Tokyo")
        wizard = self.make_wizard(self.mailing)
        self.assertEqual((wizard.repeat_interval, wizard.timezone, wizard.wed), (2, "Asia/Tokyo", True))
        wizard.repeat_interval = 3
        self.assertEqual(self.mailing.repeated_by_ids.repeat_interval, 3)

    def test_not_again_after_all(self):
        """C22: who then sends once leaves no series behind."""
        wizard = self.choose(self.mailing)
        wizard.when = "now"
        self.walk(wizard).action_send()
        self.assertFalse(self.mailing.repeated_by_ids)
        self.assertEqual(self.mailing.state, "in_queue")

    def test_without_a_day(self):
        """C22: it begins tomorrow unless one says when; the screen says so at once."""
        wizard = self.make_wizard(self.mailing)
        self.walk(wizard, "audience")
        with Form(wizard) as form:
            form.when = "periodic"
            self.assertTrue(form.send_on)
            self.assertTrue(form.next_dates_in_words)
        self.assertTrue(self.mailing.repeated_by_ids)

    def test_a_rule_that_cannot_be(self):
        """C22: the step is not left, with a sentence."""
        wizard = self.choose(self.mailing)
        for values, words in (
            ({"repeat_interval": 0}, "every 1 to"),
            ({"repeat_interval": 1, "repeat_until": "2040-12-04"}, "still to come"),
        ):
            wizard.write(values)
            with self.assertRaisesRegex(UserError, words):
                wizard.action_next()

    def test_asked_for_and_approved(self):
        """C15, C22: a requester's series starts with the approval, which covers its dates."""
        mailing = self.make_mailing(self.requester)
        self.walk(self.choose(mailing)).action_request()
        self.assertEqual((mailing.request_state, mailing.repeated_by_ids.state), ("requested", "draft"))
        mailing.with_user(self.sender).action_approve()
        self.env.invalidate_all()
        series = mailing.repeated_by_ids
        self.assertEqual((mailing.state, mailing.request_state), ("draft", "approved"))
        self.assertEqual((series.state, series.started_by_id, series.user_id), ("running", self.sender, self.requester))
        self.run_cron("2040-12-05 08:30:00")
        self.assertEqual(series.run_ids.mailing_id.state, "in_queue")

    def test_other_dates_withdraw_the_request(self):
        """C15: an approval is bound to the dates that were asked for."""
        mailing = self.make_mailing(self.requester)
        self.walk(self.choose(mailing)).action_request()
        mailing.repeated_by_ids.repeat_interval = 5
        self.assertEqual(mailing.request_state, "none")

    def test_changed_and_asked_for_again(self):
        """C15: what a requester changes pauses the series until it is approved again."""
        mailing = self.make_mailing(self.requester)
        self.walk(self.choose(mailing)).action_request()
        mailing.with_user(self.sender).action_approve()
        mailing.subject = "Better"
        self.env.invalidate_all()
        self.assertEqual((mailing.repeated_by_ids.state, mailing.request_state), ("paused", "none"))
        self.walk(self.make_wizard(mailing)).action_request()
        mailing.with_user(self.sender).action_approve()
        self.env.invalidate_all()
        self.assertEqual(mailing.repeated_by_ids.state, "running")

    def test_four_eyes(self):
        """C15: with four eyes a sender's own series waits for a colleague, and so does each later change of it."""
        self.env["res.company"].search([]).bulk_four_eyes = True
        wizard = self.walk(self.choose(self.mailing))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            wizard.action_send()
        wizard.action_request()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.mailing.action_approve()
        self.mailing.with_user(self.stock_user).action_approve()
        self.env.invalidate_all()
        series = self.mailing.repeated_by_ids
        self.run_cron("2040-12-05 08:30:00")
        self.assertEqual(series.run_ids.state, "sent", series.run_ids.reason)
        self.mailing.subject = "Changed by oneself"
        self.env.invalidate_all()
        self.assertEqual(series.state, "paused")

    def test_screens_open_for_who_prepares(self):
        """C22: list and form are there for a requester too, who changes the dates there."""
        mailing = self.make_mailing(self.requester)
        self.choose(mailing)
        with Form(mailing.repeated_by_ids, "bulk_mailing.mailing_series_view_form") as form:
            form.repeat_interval = 4
        self.assertEqual(mailing.repeated_by_ids.repeat_interval, 4)
        visible = self.env["ir.ui.menu"].with_user(self.requester)._visible_menu_ids()
        self.assertIn(self.env.ref("bulk_mailing.mailing_series_menu").id, visible)


@tagged("post_install", "-at_install")
class TestSeriesTour(BrowserCase):
    def test_a_weekly_series(self):
        """C22: started and paused in the browser."""
        self.env["res.lang"]._activate_lang("en_US")
        self.set_parameter("enforce_terms_and_checks", "1")
        groups = "base.group_user,bulk_mailing.group_sender"
        new_test_user(self.env, "sally.series", groups=groups, lang="en_US", tz="Europe/Amsterdam")
        self.make_contacts("ann@example.org")
        mailing = self.make_mailing(body_arch=BODY, body_html=BODY)
        self.start_tour(f"/odoo/mailing.mailing/{mailing.id}", "bulk_mailing_series", login="sally.series")
        self.env.invalidate_all()
        series = mailing.repeated_by_ids
        self.assertEqual((series.state, series.repeat_weekdays, series.repeat_count), ("paused", "wed", 10))
