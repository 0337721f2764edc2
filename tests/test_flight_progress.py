"""How far a mailing is, told over the bus to those who may read it."""

import json
from unittest.mock import MagicMock, patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestProgress(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org", "bob@example.org", "cat@example.org")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.told()

    def told(self):
        """What the bus has been given since the last look, for this mailing."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        channel = json.dumps(
            [self.env.cr.dbname, "mailing.mailing", self.mailing.id, "progress"], separators=(",", ":")
        )
        messages = self.env["bus.bus"].search([("channel", "=", channel)], order="id")
        told = [json.loads(message)["payload"] for message in messages.mapped("message")]
        messages.unlink()
        return told

    def let_time_pass(self, seconds):
        """As if what was told last had been told so long ago."""
        self.env.cr.execute(
            """
            UPDATE mailing_progress SET told_at = told_at - %(seconds)s * interval '1 s', samples = (
                SELECT jsonb_agg(jsonb_build_array((sample->0)::float - %(seconds)s, sample->1))
                FROM jsonb_array_elements(samples) sample)
            """,
            {"seconds": seconds},
        )
        self.env.invalidate_all()

    def settle(self, *emails):
        """As if a lane had sent to these."""
        traces = self.env["mailing.trace"].search([("email", "in", emails), ("mass_mailing_id", "=", self.mailing.id)])
        self.env["mailing.queue"].search([("trace_id", "in", traces.ids)]).unlink()
        traces.write({"delivery_state": "sent", "trace_status": "sent"})
        self.env.flush_all()

    def test_numbers(self):
        """It says how many are sent, wait and are left, how fast it goes and how long it takes."""
        self.mailing._notify_progress()
        [first] = self.told()
        self.assertEqual((first["sent"], first["waiting"], first["total"]), (0, 3, 3))
        self.assertEqual((first["per_second"], first["seconds_left"]), (None, None))
        self.let_time_pass(10)
        self.settle("ann@example.org", "bob@example.org")
        self.mailing._notify_progress()
        [second] = self.told()
        self.assertEqual((second["sent"], second["waiting"]), (2, 1))
        self.assertGreater(second["per_second"], 0)
        self.assertEqual(second["seconds_left"], round(1 / second["per_second"]))

    def test_limit_is_taken_into_account(self):
        """With a limit of mails a minute the time left follows the limit."""
        self.mailing.rate_per_minute = 1
        self.assertEqual(self.mailing.read_progress()[0]["seconds_left"], 180)

    def test_who_waits_for_a_provider_is_left_aside(self):
        """The time left is that of the others: a provider that rests says itself when it goes on."""
        self.mailing.rate_per_minute = 1
        slowed = {"provider": "Gmail", "reply": "421 4.7.28", "paused_until": fields.Datetime.now(), "waiting": 2}
        with patch.object(type(self.mailing), "_slowed_providers", return_value=[slowed]):
            self.assertEqual(self.mailing.read_progress()[0]["seconds_left"], 60)
            slowed["waiting"] = 3
            self.assertIsNone(self.mailing.read_progress()[0]["seconds_left"])

    def test_once_a_second(self):
        """However many lanes say so: it is told once a second."""
        self.mailing._notify_progress()
        self.mailing._notify_progress()
        self.assertEqual(len(self.told()), 1)
        self.let_time_pass(1)
        self.mailing._notify_progress()
        self.assertEqual(len(self.told()), 1)

    def test_counted_once(self):
        """What is told and the sample of the speed come from one count."""
        counts = type(self.env["mailing.trace.count"])
        with patch.object(counts, "_groups", autospec=True, side_effect=counts._groups) as counted:
            self.mailing._notify_progress(at_once=True)
            self.assertEqual(len(self.told()), 1)
        self.assertEqual(counted.call_count, 1)

    def test_each_mailing_has_its_turn(self):
        """One mailing that has just been told about keeps no other from its turn."""
        Progress, others = self.env["mailing.progress"], self.make_mailing() + self.make_mailing()
        self.assertEqual(Progress._take_turn(self.mailing.ids), self.mailing.ids)
        # whatever numbers the rows have
        self.env.cr.execute("UPDATE mailing_progress SET id = mailing_id")
        self.env.cr.execute("SELECT setval('mailing_progress_id_seq', 1000000)")
        self.assertEqual(sorted(Progress._take_turn([*self.mailing.ids, *others.ids])), sorted(others.ids))

    def test_actions_tell_at_once(self):
        """Pause, resume, stop and the end are told when they happen, with the numbers after them."""
        self.mailing.action_pause()
        self.assertEqual([told["flight_state"] for told in self.told()], ["paused"])
        self.mailing.action_resume()
        self.assertEqual([told["flight_state"] for told in self.told()], ["running"])
        self.mailing.action_stop()
        [told] = self.told()
        self.assertEqual((told["state"], told["flight_state"], told["excluded"]), ("done", "stopped", 3))

    def test_end_is_told(self):
        """The last lane tells that it is done."""
        self.run_lane()
        last = self.told()[-1]
        self.assertEqual((last["state"], last["sent"], last["waiting"]), ("done", 3, 0))

    def test_deferred_and_slowed(self):
        """Who waits for another try is told with the hour, by provider, also of those that asked us to slow down."""
        gmail = self.env.ref("bulk_mailing.provider_google")
        waiting = self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)])
        waiting.provider_id = False
        waiting[:1].provider_id = gmail
        self.server.on("RCPT").reply("451 4.3.0 Come back later")
        self.run_lane()
        progress = self.mailing.read_progress()[0]
        self.assertEqual(progress["deferred"], 3)
        queue = self.env["mailing.queue"].search([("mailing_id", "=", self.mailing.id)])
        self.assertEqual(progress["next_try_at"], str(min(queue.mapped("next_attempt_at"))))
        self.assertEqual(progress["deferred_at"], [{"provider": "", "mails": 2}, {"provider": gmail.name, "mails": 1}])
        slowed = {
            "provider": "Gmail",
            "reply": "421 4.7.28",
            "paused_until": fields.Datetime.to_datetime("2099-01-01"),
            "waiting": 3,
        }
        with patch.object(type(self.mailing), "_slowed_providers", return_value=[slowed]):
            [told] = self.mailing.read_progress()[0]["slowed"]
        self.assertEqual(told, slowed | {"paused_until": "2099-01-01 00:00:00"})

    # ------------------------------------------------------------
    # Who may follow
    # ------------------------------------------------------------

    def channels(self, user, *wanted):
        """The mailings that a browser of this user follows when it asks for these channels."""
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", new=MagicMock()) as wsrequest:
            wsrequest.session.uid = user.id
            channels = self.env["ir.websocket"].with_user(user)._build_bus_channel_list(list(wanted))
        return [channel for channel in channels if isinstance(channel, tuple) and channel[1] == "progress"]

    def test_who_may_read_may_follow(self):
        """A colleague follows a mailing, and nothing that is not there."""
        sender = new_test_user(self.env, "sally", groups="base.group_user,bulk_mailing.group_sender")
        wanted = [f"bulk_mailing.progress:{number}" for number in (self.mailing.id, 999999999)]
        self.assertEqual(self.channels(sender, *wanted), [(self.mailing, "progress")])

    def test_stranger_may_not_follow(self):
        """Who may not read mailings gets no channel, whatever the browser asks for, and no numbers by hand."""
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        name = f"bulk_mailing.progress:{self.mailing.id}"
        for user in (stranger, self.env.ref("base.public_user")):
            self.assertFalse(self.channels(user, name, f"{name}x", f"x{name}"))
            with self.assertRaises(AccessError):
                self.mailing.with_user(user).read_progress()
