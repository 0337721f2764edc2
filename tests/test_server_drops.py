"""The server hangs up: before, in the middle of, or after a message."""

from odoo.tests import tagged

from .common import BulkCase

LARGE = 12 * 2**20


@tagged("post_install", "-at_install")
class TestServerDrops(BulkCase):
    def test_in_data(self):
        """The server hangs up in the middle of DATA: nothing was accepted, so the mail goes again, once."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("DATA", recipient="ann@", nth=1).disconnect(after_bytes=100)
        # more than the buffers of both hosts hold, so that the dot is still here when the connection breaks
        file = self.env["ir.attachment"].create({"name": "large.bin", "raw": bytes(LARGE)})
        summary = self.send_to("ann@example.org", "bob@example.org", attachment_ids=[(6, 0, file.ids)])
        self.assertSummary(summary, accepted=2, sent=2, connections=2)
        self.assertEqual(self.trace("ann@example.org").attempt_count, 1)

    def test_in_data_of_a_small_mail(self):
        """The server hangs up when our host has handed over all, the dot too: nobody can know, so it is in doubt."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("DATA", recipient="ann@", nth=1).disconnect(after_bytes=100)
        summary = self.send_to("ann@example.org", "bob@example.org")
        self.assertSummary(summary, accepted=1, sent=1, in_doubt=1, connections=2)

    def test_reset_after_accepting(self):
        """A proxy resets the connection when the server has the mail: it is in doubt, and not sent twice."""
        self.server.on("DOT", recipient="ann@", nth=1).accept_and_reset()
        summary = self.send_to("ann@example.org", "bob@example.org")
        self.assertSummary(summary, accepted=2, sent=1, in_doubt=1)
        self.run_lane()
        self.assertEqual(self.server.addresses(), ["ann@example.org", "bob@example.org"])

    def test_at_any_command(self):
        """The server hangs up before the message: it goes on a new connection."""
        for command in ("MAIL", "RCPT"):
            with self.subTest(command=command):
                self.server.forget()
                self.server.on(command, nth=1).disconnect()
                self.assertSummary(self.send_to(f"{command}@example.org"), accepted=1, sent=1, connections=2)
                self.list.contact_ids.unlink()

    def test_421(self):
        """421 closes the connection, not the mailing."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("RCPT", recipient="bob@", nth=1).reply("421 4.7.0 Too much for one connection")
        summary = self.send_to("ann@example.org", "bob@example.org", "cat@example.org")
        self.assertSummary(summary, accepted=3, sent=3, connections=2)

    def test_421_at_the_greeting(self):
        """A server that is busy when we call is called again."""
        self.server.on("CONNECT", nth=1).reply("421 4.3.2 Busy")
        self.assertSummary(self.send_to("ann@example.org"), accepted=1, sent=1)

    def test_always(self):
        """A message at which the server always hangs up is tried later, and holds nobody up."""
        self.server.on("RCPT", recipient="ann@").disconnect()
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, deferred=1)

    def test_after_the_dot(self):
        """The server hangs up after the final dot: in doubt, not sent again by itself, and not in the way of "done"."""
        self.server.on("DOT", recipient="ann@").disconnect()
        summary = self.send_to("ann@example.org", "bob@example.org")
        self.assertSummary(summary, accepted=1, sent=1, in_doubt=1)
        self.assertEqual((self.mailing.state, self.mailing.in_doubt_count), ("done", 1))
        self.assertEqual(self.trace("ann@example.org").trace_status, "pending")
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, in_doubt=1)

    def test_in_doubt_again(self):
        """A person has the mail in doubt sent again: the same message, once."""
        self.server.on("DOT", nth=1).disconnect()
        self.send_to("ann@example.org")
        self.mailing.action_resend_in_doubt()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1)
        self.assertEqual(self.mailing.state, "done")
        self.assertEqual(self.events_of("sent_again").mapped("count"), [1])

    def events_of(self, kind):
        """What the audit list tells of the mailing."""
        return self.mailing.event_ids.filtered(lambda event: event.kind == kind)

    def put_in_doubt(self, address):
        """The trace of somebody whose mail was handed over to a server that then hung up."""
        self.server.forget()
        self.server.on("DOT", recipient=address, nth=1).disconnect()
        self.send_to(address)
        return self.trace(address)

    def test_in_doubt_and_opened(self):
        """Who has opened the mail has got it: neither button mails them again or forgets that they opened it."""
        for button in ("action_resend_in_doubt", "action_count_in_doubt_as_sent"):
            with self.subTest(button):
                trace = self.put_in_doubt(f"{button}@example.org")
                trace.set_opened()
                getattr(self.mailing, button)()
                self.run_lane()
                self.assertNotIn(trace.email, self.server.addresses())
                self.assertEqual((trace.delivery_state, trace.trace_status), ("sent", "open"))

    def test_in_doubt_and_bounced(self):
        """Whose mail has come back is in doubt no more: it is neither sent again nor counted as sent."""
        for button in ("action_resend_in_doubt", "action_count_in_doubt_as_sent"):
            with self.subTest(button):
                trace = self.put_in_doubt(f"{button}@example.org")
                trace.set_bounced()
                self.assertEqual((self.mailing.in_doubt_count, self.mailing.undelivered_count), (0, 1))
                getattr(self.mailing, button)()
                self.run_lane()
                self.assertNotIn(trace.email, self.server.addresses())
                self.assertEqual(trace.trace_status, "bounce")

    def test_in_doubt_counts_as_sent(self):
        """A person takes it that the mail in doubt has arrived: nothing is sent."""
        self.server.on("DOT").disconnect()
        self.send_to("ann@example.org")
        self.mailing.action_count_in_doubt_as_sent()
        self.assertSummary(self.delivery_summary(self.mailing), sent=1)
        self.assertEqual((self.mailing.sent, self.mailing.in_doubt_count), (1, 0))
        self.assertEqual(self.events_of("counted_as_sent").mapped("count"), [1])
