"""A mailing that too many refuse pauses by itself, and says why."""

from odoo.tests import new_test_user, tagged

from ..core.alarm import Refusals, alarm
from .common import BulkCase


@tagged("post_install", "-at_install")
class TestAlarm(BulkCase):
    def start(self, good, bad, command="RCPT", reply="550 5.1.1 User unknown", held=()):
        """Send to good and bad addresses, the bad ones first; one more, and who is `held`, waits for a later time."""
        self.server.on(command, recipient="gone").reply(reply)
        self.make_contacts(*(f"gone{number}@example.org" for number in range(bad)))
        self.make_contacts(*(f"reader{number}@example.com" for number in range(good)))
        self.make_contacts("later@example.net", *held)
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.let_wait_until("2099-01-01", "later@example.net", *held)
        self.run_lane()

    def let_wait_until(self, moment, *emails):
        """Let recipients wait, so that there is something to pause."""
        self.env["mailing.queue"].search([("email", "in", emails)]).next_attempt_at = moment
        self.env.flush_all()

    def assertPaused(self, words):
        self.assertEqual(self.mailing.flight_state, "paused", self.mailing.flight_reason)
        self.assertIn(words, self.mailing.flight_reason)
        self.assertIn("Paused", self.mailing.message_ids[0].body)

    def test_old_list(self):
        """Where three in ten addresses do not exist the mailing pauses, and says that the list seems old."""
        self.start(good=34, bad=16)
        self.assertPaused("The list seems old: 16 of 50 addresses do not exist")

    def test_a_few_unknown(self):
        """Under three in ten it goes on."""
        self.start(good=40, bad=11)
        self.assertEqual(self.mailing.flight_state, "running")

    def test_not_wanted(self):
        """Twenty refusals by policy, a fifth of all, pause it with the answer, whatever addresses it names."""
        self.start(good=40, bad=20, command="DOT", reply="550 5.7.1 Blocked, see https://example.org/why")
        self.assertPaused("Our mail is refused by example.org: 550 5.7.1 Blocked, see https://example.org/why")

    def test_in_the_language_of_who_sent_it(self):
        """The reason is in the language of who sent it, whoever's lane it is."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.make_contacts("ann@example.org")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.mailing.sender_user_id = new_test_user(self.env, "sanne", groups="bulk_mailing.group_sender", lang="nl_NL")
        refused = Refusals(results=50, policy=20, receiver="Gmail", reply="550 5.7.1 Blocked")
        self.mailing._pause_because(alarm(refused))
        self.assertEqual(self.mailing.flight_reason, "Onze mail wordt geweigerd door Gmail: 550 5.7.1 Blocked")

    def test_half_of_them_fail(self):
        """Half of the recipients failing for another reason pauses it too."""
        self.start(good=25, bad=25, reply="552 5.2.2 Mailbox full")
        self.assertPaused("25 of 50 recipients could not be mailed. The most frequent answer: 552 5.2.2 Mailbox full")

    def test_counts_anew(self):
        """Who resumes has seen it: it counts from nought, and pauses again when as many refuse once more."""
        self.start(good=34, bad=16)
        self.mailing.action_resume()
        self.assertFalse(self.env["mailing.refusal"].search_count([]))
        self.assertEqual(self.mailing.settled_before, 50)
        self.mailing.flush_recordset()
        self.run_lane()
        self.assertEqual(self.mailing.flight_state, "running")

    def test_lanes_count_together(self):
        """What several lanes settle adds up, and equal answers are one row."""
        held = [f"gone-too{number}@example.org" for number in range(14)]
        self.start(good=30, bad=8, held=held)
        self.assertEqual(self.mailing.flight_state, "running")
        self.let_wait_until("2020-01-01", *held)
        self.run_lane()
        self.assertEqual(self.env["mailing.refusal"].search([]).mapped("count"), [22])
        self.assertPaused("22 of 52")

    def test_nobody_left_to_protect(self):
        """When the last have been tried there is nothing to pause: the mailing is done."""
        self.server.on("RCPT", recipient="gone").reply("550 5.1.1 User unknown")
        self.send_to(*(f"gone{number}@example.org" for number in range(60)))
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("done", False))

    def test_costs_nothing_where_all_is_well(self):
        """Results without a refusal cause no query."""
        with self.assertQueryCount(0):
            self.env["mailing.mailing"]._watch_refusals([])
