"""SuperOffice's settings on the wire, and the numbers at both ends."""

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestConnections(BulkCase):
    def test_thousand_in_twenties(self):
        """S3, S5, S6: 1,000 mails, 100 per connection, 5 threads: each connection carries 20."""
        self.limit_connections(maximum=100, threads=5)
        summary = self.send_to(*(f"reader{number}@example.org" for number in range(1000)))
        self.assertSummary(summary, accepted=1000, sent=1000, connections=50)
        self.assertEqual(set(self.server.mails_per_connection()), {20})
        self.assertEqual(self.server.most_open_connections, 5)
        self.assertEqual(len(set(self.server.addresses())), 1000)

    def test_done_means_sent(self):
        """A mailing is done when everybody is settled, with stock's statistics true."""
        self.send_to("ann@example.org", "bob@example.org")
        self.assertEqual(self.mailing.state, "done")
        self.assertFalse(self.mailing.flight_state)
        self.assertTrue(self.mailing.sent_date)
        self.assertTrue(self.mailing.kpi_mail_required)
        self.assertEqual((self.mailing.sent, self.mailing.delivered, self.mailing.scheduled), (2, 2, 0))
        self.assertFalse(self.env["mailing.queue"].search_count([]))

    def test_envelope_and_reply_are_kept(self):
        """The server's answer is on the trace, and the Message-ID is the one on the wire."""
        self.send_to("ann@example.org")
        trace, [mail] = self.trace("ann@example.org"), self.server.messages
        self.assertEqual(trace.smtp_reply, "250 2.0.0 OK queued as 1")
        self.assertEqual(trace.attempt_count, 1)
        self.assertEqual(trace.message_id, mail.message["Message-ID"])
        self.assertEqual(mail.recipients, ("ann@example.org",))

    def test_one_thread_one_connection(self):
        """S4: with one thread nothing goes side by side."""
        self.limit_connections(maximum=3, threads=1)
        self.send_to(*(f"reader{number}@example.org" for number in range(7)))
        self.assertEqual(self.server.mails_per_connection(), [3, 3, 1])
        self.assertEqual(self.server.most_open_connections, 1)
