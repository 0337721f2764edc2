"""What has gone and what has not, told when a mailing pauses or is stopped."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestStop(BulkCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")
        self.make_contacts(*(f"{name}@example.org" for name in ("ann", "bob", "cat", "dan", "eve", "fay")))
        self.env["mail.blacklist"]._add("fay@example.org")  # excluded for another reason
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)

    def settle(self):
        """One has it, one is in doubt, one failed; two wait."""
        states = {"sent": "sent", "in_doubt": "pending", "failed": "error"}
        for trace, (state, status) in zip(
            self.env["mailing.queue"].search([], order="id", limit=3).trace_id, states.items(), strict=True
        ):
            self.env["mailing.queue"].search([("trace_id", "=", trace.id)]).unlink()
            trace.write({"delivery_state": state, "trace_status": status})
        self.env.flush_all()

    def assertLogged(self, words):
        self.assertIn(words, self.mailing.message_ids[0].body)

    def test_pause(self):
        """Paused, the history says what has gone and who waits."""
        self.settle()
        self.mailing.action_pause()
        self.assertLogged("Paused: 1 sent, 1 in doubt, 1 failed, 2 wait.")
        self.assertEqual(self.mailing.so_far, "1 sent, 1 in doubt, 1 failed, 2 wait")

    def test_stop(self):
        """Stopped, history and form say what has gone and how many did not get it."""
        self.settle()
        self.mailing.action_stop()
        self.assertLogged("Stopped: 1 sent, 1 in doubt, 1 failed, 2 did not get it.")
        self.assertEqual(self.mailing.so_far, "1 sent, 1 in doubt, 1 failed, 2 did not get it")

    def test_sent_again_while_paused(self):
        """Who is sent to again waits with the others until somebody resumes."""
        self.settle()
        self.mailing.action_pause()
        self.mailing.action_resend_in_doubt()
        self.run_lane()
        self.assertEqual((self.mailing.flight_state, self.server.messages), ("paused", []))
        self.mailing.action_resume()
        self.run_lane()
        self.assertEqual(len(self.server.messages), 3)

    def test_sent_again_while_it_stops(self):
        """A stop is final: whoever a lane gives back after it is not mailed because of those in doubt."""
        self.settle()
        [stream] = self.env["mailing.queue"]._streams()
        [row] = self.env["mailing.queue"]._claim(stream, "a lane", 1)
        self.env.invalidate_all()
        self.mailing.action_stop()
        self.mailing.action_resend_in_doubt()
        self.env["mailing.queue"]._give_back([(row["id"], row["claimed_by"])])
        self.run_lane()
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("done", "stopped"))
        self.assertFalse(self.server.messages)

    def test_stop_while_some_are_on_the_wire(self):
        """Who is being mailed at this moment is told apart, and accounted for later."""
        [stream] = self.env["mailing.queue"]._streams()
        rows = self.env["mailing.queue"]._claim(stream, "a lane", 2)
        self.env.invalidate_all()
        self.mailing.action_stop()
        self.assertLogged("Stopped: 0 sent, 2 are being mailed, 3 did not get it.")
        self.env["mailing.queue"]._give_back([(row["id"], row["claimed_by"]) for row in rows])
        self.run_lane()
        self.assertEqual(self.mailing.so_far, "0 sent, 5 did not get it")

    def test_stop_while_lanes_take_recipients(self):
        """Where lanes take recipients at that very moment they exclude the rest; the numbers are the same."""
        fails = patch.object(type(self.mailing), "_exclude_waiting", side_effect=SerializationFailure)
        with fails:
            self.mailing.action_stop()
        self.assertLogged("Stopped: 0 sent, 5 did not get it.")
        self.assertEqual(self.mailing.state, "sending")
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), excluded=6)
        self.assertEqual((self.mailing.state, self.mailing.so_far), ("done", "0 sent, 5 did not get it"))

    def test_stop_while_recipients_are_put_into_the_queue(self):
        """Stopped during the enqueue the rest is not put into the queue, and the words do not hide it."""
        self.mailing.is_enqueuing = True
        self.mailing.action_stop()
        self.assertFalse(self.mailing.is_enqueuing)
        self.assertEqual(self.mailing.so_far, "0 sent, 5 did not get it, nor did those who were not listed yet")
        self.assertEqual(self.mailing.state, "done")

    def test_question(self):
        """Before it is stopped for good, the question names the numbers."""
        self.settle()
        question = self.mailing.action_ask_to_stop()["params"]["body"]
        self.assertIn("2 people have not been mailed", question)
        self.assertIn("1 have been sent", question)
        self.assertEqual(self.mailing.flight_state, "running")
        requester = new_test_user(self.env, "req", groups="bulk_mailing.group_requester")
        with self.assertRaises(AccessError):
            self.mailing.with_user(requester).action_ask_to_stop()
