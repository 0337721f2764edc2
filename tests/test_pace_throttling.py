"""Providers that ask us to slow down: they rest, and everything else goes on."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..core.replies import parse
from .pace_case import PaceCase

UNUSUAL_RATE = (421, "4.7.28 Our system has detected an unusual rate of mail")
GREYLISTED = (451, "4.7.1 Greylisted, try again in 300 seconds")


@tagged("post_install", "-at_install")
class TestPaceThrottling(PaceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.mails_per_minute = 600

    def complain(self, reply, provider=None, domains=("example.org",)):
        """One recipient a domain got this reply."""
        provider_id = (provider or self.provider).id
        self.queue._note_replies(
            [({"provider_id": provider_id, "email": f"ann@{domain}"}, parse(*reply)) for domain in domains]
        )
        self.env.invalidate_all()

    def rest_is_over(self):
        """Let the time of the pause come."""
        pace = self.env["mailing.pace"].search([("provider_id", "=", self.provider.id)])
        pace.write({"paused_until": fields.Datetime.now() - timedelta(seconds=1), "next_grant_at": False})
        self.env.flush_all()

    def seconds_of_rest(self):
        """How long the provider rests."""
        return (self.provider.paused_until - fields.Datetime.now()).total_seconds()

    def test_pause(self):
        """421 4.7.28: the provider rests for half an hour; the mailing's other recipients do not."""
        mailing, elsewhere = self.fly(1, self.provider), self.fly(1)
        stream = self.stream(mailing, self.provider)
        self.grant(stream, wanted=1)
        self.complain(UNUSUAL_RATE)
        self.assertAlmostEqual(self.seconds_of_rest(), 30 * 60, delta=5)
        self.assertAlmostEqual(self.stream(mailing, self.provider).wait_seconds, 30 * 60, delta=5)
        self.assertEqual(self.grant(stream).mails, 0)
        self.assertEqual(self.grant(self.stream(elsewhere)).mails, 500)

    def test_half_the_rate_after_the_pause(self):
        """After the pause half of the limit goes: 300 a minute, 25 at a time."""
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.grant(stream, wanted=1)
        self.complain(UNUSUAL_RATE)
        self.rest_is_over()
        self.assertEqual(self.grant(stream).mails, 25)
        self.assertEqual(self.provider.slowed_rate, 300)

    def test_what_was_observed(self):
        """Where no limit is set, half of what went in the last minute."""
        self.provider.mails_per_minute = 0
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.grant(stream, wanted=240)
        self.complain(UNUSUAL_RATE)
        self.assertEqual(self.provider.slowed_rate, 120)

    def test_own_wish(self):
        """B10: "try again in 5 minutes" is obeyed."""
        self.grant(self.stream(self.fly(1, self.provider), self.provider), wanted=1)
        self.complain((450, "4.7.1 Rate exceeded, try again in 5 minutes"))
        self.assertAlmostEqual(self.seconds_of_rest(), 300, delta=5)

    def test_greylisting_slows_nobody_down(self):
        """Greylisting is about one recipient."""
        self.grant(self.stream(self.fly(1, self.provider), self.provider), wanted=1)
        self.complain(GREYLISTED)
        self.assertFalse(self.provider.slowed_rate)

    def test_all_others(self):
        """A small provider's complaint does not stop all others; several at once are about us."""
        others = self.env.ref("bulk_mailing.provider_others")
        self.grant(self.stream(self.fly(1, others), others), wanted=1)
        self.complain(UNUSUAL_RATE, others, domains=["example.org", "example.org", "example.net"])
        self.assertFalse(others.slowed_rate)
        self.complain(UNUSUAL_RATE, others, domains=["example.org", "example.com", "example.net"])
        self.assertTrue(others.paused_until)

    def test_log_names_nobody(self):
        """What the server said is logged without the address that it names."""
        with self.assertLogs("odoo.addons.bulk_mailing.models.mailing_queue.throttling", "DEBUG") as logs:
            self.complain((421, "4.7.28 Too much mail for <ann@example.org>"))
        self.assertIn("421 4.7.28 Too much mail for …", logs.output[0])

    def test_forget(self):
        """A mail administrator lets it go on at once."""
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.grant(stream, wanted=1)
        self.complain(UNUSUAL_RATE)
        self.rest_is_over()
        self.provider.action_forget_slowdown()
        self.assertFalse(self.provider.slowed_rate or self.provider.complaint)
        self.assertEqual(self.grant(stream).mails, 50)

    def test_provider_that_is_off(self):
        """Nothing slows down who waits at a provider that is switched off, even while it rests."""
        mailing = self.fly(1, self.provider)
        self.grant(self.stream(mailing, self.provider), wanted=1)
        self.complain(UNUSUAL_RATE)
        self.provider.active = False
        self.complain(UNUSUAL_RATE)  # about a mail that was on the wire
        self.assertLess(self.stream(mailing, self.provider).wait_seconds, 1)
        self.assertEqual(mailing._slowed_providers(), [])

    def test_what_the_form_says(self):
        """The mailing knows who waits for whom, until when, and what the server said."""
        mailing, elsewhere = self.fly(2, self.provider), self.fly(1)
        self.grant(self.stream(mailing, self.provider), wanted=1)
        self.assertEqual(mailing._slowed_providers(), [])
        self.complain(UNUSUAL_RATE)
        [slowed] = mailing._slowed_providers()
        self.assertEqual((slowed["provider"], slowed["waiting"], slowed["rate"]), ("Example", 2, 300))
        self.assertEqual(slowed["paused_until"], self.provider.paused_until)
        self.assertIn("421 4.7.28", slowed["reply"])
        self.assertEqual(elsewhere._slowed_providers(), [])
