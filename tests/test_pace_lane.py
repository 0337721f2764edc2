"""A lane at work under limits: real SMTP, with a server that counts, refuses and hangs up."""

from odoo.tests import tagged

from .pace_case import PaceCase


@tagged("post_install", "-at_install")
class TestPaceLane(PaceCase):
    def readers(self, count, domain="example.org"):
        """So many readers at the provider."""
        self.make_contacts(*(f"reader{number}@{domain}" for number in range(count)))

    def test_rate(self):
        """C30: of 30 readers at 60 a minute, the first 5 get it at once, and the others later."""
        self.readers(30)
        mailing = self.make_mailing(rate_per_minute=60)
        self.enqueue(mailing)
        self.run_lane()
        self.assertEqual(len(self.server.messages), 5)
        self.assertEqual(len(self.rows(mailing)), 25)

    def test_connections(self):
        """C31: no more connections than the provider takes, nor more mails on each than it wants."""
        self.provider.write({"connections": 2, "mails_per_connection": 3})
        self.limit_connections(maximum=100, threads=10)
        self.readers(20)
        mailing = self.make_mailing()
        self.enqueue(mailing)
        while self.run_lane():
            pass
        self.assertSummary(self.delivery_summary(mailing), accepted=20, sent=20)
        self.assertLessEqual(self.server.most_open_connections, 2)
        self.assertLessEqual(max(self.server.mails_per_connection()), 3)

    def test_throttled(self):
        """A provider that has enough rests with all who wait for it; the rest of the mailing goes on."""
        self.limit_connections(maximum=5, threads=1)
        self.readers(30)
        self.readers(3, "example.net")
        self.server.on("RCPT", recipient="example.org").reply("421 4.7.28 Unusual rate of mail")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.run_lane()
        summary = self.delivery_summary(mailing)
        self.assertEqual((summary["accepted"], summary["sent"]), (3, 3))
        self.assertGreater(summary["queued"], summary["deferred"])
        [slowed] = mailing._slowed_providers()
        self.assertEqual((slowed["provider"], slowed["waiting"]), ("Example", 30))
        self.assertTrue(slowed["paused_until"])
        self.provider.action_forget_slowdown()
        self.server.forget()
        self.make_due(mailing)
        self.run_lane()
        self.assertEqual(len(self.server.messages), 30)
        self.assertEqual(mailing.state, "done")

    def test_greylisted(self):
        """Who is greylisted waits alone."""
        self.readers(3)
        self.server.on("RCPT", recipient="reader1@").reply("451 4.7.1 Greylisted, try again in 5 minutes")
        mailing = self.make_mailing()
        self.assertSummary(self.send(mailing), accepted=2, sent=2, deferred=1)
        self.assertFalse(self.provider.slowed_rate)
