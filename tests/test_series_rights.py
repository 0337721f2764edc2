"""A periodic mailing leaves with the rights of who started it, and a requester starts none."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .series_case import SeriesCase

NOTHING_SENT = "2026-10-19 07:00:00"


@tagged("post_install", "-at_install")
class TestSeriesRights(SeriesCase):
    def prepared(self):
        """A series of the requester's, whose mailing has nothing against it."""
        return self.make_series(self.make_mailing(self.requester))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_requester_prepares_and_does_not_start(self):
        """C15, C22: by no method, write, value or default of the context."""
        series = self.prepared()
        series.repeat_count = 3
        Series = series.env["mailing.series"]
        other = self.make_mailing(self.requester)
        running = {"mailing_id": other.id, "send_on": "2026-10-19", "state": "running"}
        for name, call in {
            "start": lambda: self.start(series),
            "pause": series.action_pause,
            "stop": series.action_stop,
            "state": lambda: series.write({"state": "running"}),
            "next": lambda: series.write({"next_at": "2026-10-19 07:00:00"}),
            "by": lambda: series.write({"started_by_id": self.sender.id}),
            "create": lambda: self.make_series(self.make_mailing(self.requester), state="running"),
            "default": lambda: self.make_series(
                self.make_mailing(self.requester).with_context(default_state="running", default_next_at="2026-10-19")
            ),
            "run": lambda: series.env["mailing.series.run"].create(
                {"series_id": series.id, "planned_at": NOTHING_SENT}
            ),
            "import": lambda: Series._load_records([{"xml_id": "x.y", "values": running}]),
        }.items():
            with self.subTest(name), self.assertRaises(AccessError), self.env.cr.savepoint():
                call()
        self.run_cron(NOTHING_SENT)
        self.assertFalse(self.env["mailing.series.run"].search([]))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_started_series_is_the_senders(self):
        """C15: after the start a requester changes neither its dates nor, unseen, what it sends."""
        series = self.prepared()
        self.start(series.with_user(self.sender))
        for values in ({"send_time": 3.0}, {"repeat_count": 100}, {"mailing_id": self.mailing.id}):
            with self.assertRaises(AccessError):
                series.with_user(self.requester).write(values)
        series.mailing_id.with_user(self.requester).subject = "Something else"
        self.assertEqual(series.state, "paused")
        self.assertEqual(series.sudo().activity_ids.user_id, self.sender)
        self.run_cron(NOTHING_SENT)
        self.assertFalse(series.run_ids)
        self.start(series.with_user(self.sender))
        self.run_cron(NOTHING_SENT)
        self.assertEqual(series.run_ids.mailing_id.subject, "Something else")

    def test_a_file_put_in_the_place_of_another(self):
        """C15: what is in a file counts, not which it is; after who may send has saved the mailing it goes out."""
        file = self.env["ir.attachment"].with_user(self.requester).create({"name": "a.txt", "raw": b"good"})
        mailing = self.make_mailing(self.requester, attachment_ids=[(6, 0, file.ids)])
        series = self.start(self.make_series(mailing).with_user(self.sender)).sudo()
        file.raw = b"bad"
        self.run_cron(NOTHING_SENT)
        self.assertEqual(series.run_ids.state, "held")
        mailing.with_user(self.sender).subject = "Seen"
        series.run_ids.with_user(self.sender).action_send()
        self.assertEqual(series.run_ids.state, "sent")

    def test_what_says_nothing_about_the_mail_does_not_pause(self):
        """C15: a note for colleagues is no change of what is sent."""
        series = self.prepared()
        self.start(series.with_user(self.sender))
        series.mailing_id.with_user(self.requester).description = "For the autumn"
        self.assertEqual(series.state, "running")

    def test_it_leaves_with_the_rights_of_who_started_it(self):
        """C15: not with those of the cron; who has lost the right to send has lost it for the series too."""
        series = self.start(self.prepared().with_user(self.sender)).sudo()
        self.sender.group_ids -= self.env.ref("bulk_mailing.group_sender")
        self.run_cron(NOTHING_SENT)
        self.assertEqual((series.run_ids.state, series.run_ids.mailing_id.ids), ("held", []))
        self.assertTrue(series.activity_ids)

    def test_who_has_left_sends_nothing(self):
        """C15: a series of somebody who was archived is held, and says so, although there is nobody to tell."""
        series = self.start(self.make_series()).sudo()
        self.sender.active = False
        self.run_cron(NOTHING_SENT)
        self.assertEqual(series.run_ids.state, "held")
        self.assertIn("has left", series.run_ids.reason)
        self.assertIn("has left", series.message_ids[0].body)

    def test_terms(self):
        """C3: nothing starts without accepted terms; the acceptance holds for its dates, until there are new terms."""
        series = self.make_series()
        with self.at("2026-10-18 12:00:00"), self.assertRaisesRegex(UserError, "terms"):
            series.action_start()
        self.start(series)
        self.run_cron(NOTHING_SENT)
        self.assertEqual(series.run_ids.state, "sent")
        self.env["mailing.terms"].create({"name": "New", "body": "<p>New</p>"}).action_publish()
        self.run_cron("2026-10-26 08:00:00")
        self.assertEqual(series.run_ids[0].state, "held")
        self.assertIn("terms", series.run_ids[0].reason)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_plain_user_has_nothing(self):
        """C15: who is in none of the groups does not even read it."""
        with self.assertRaises(AccessError):
            self.make_series().with_user(self.plain).read(["state"])
