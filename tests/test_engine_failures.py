"""What the server does wrong, and what both ends hold afterwards."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import BulkCase
from .smtp_server import SmtpServer

LARGE = 12 * 2**20


@tagged("post_install", "-at_install")
class TestServerRefusesRecipient(BulkCase):
    def test_greylisted(self):
        """B4, B10: 4xx is a later attempt, with the same Message-ID; then it arrives, once."""
        self.server.on("RCPT", recipient="ann@", nth=1).reply("450 4.2.0 Greylisted, come back")
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, deferred=1)
        trace, queued = self.trace("ann@example.org"), self.env["mailing.queue"].search([])
        self.assertEqual((trace.smtp_reply, trace.trace_status), ("450 4.2.0 Greylisted, come back", "outgoing"))
        wait = queued.next_attempt_at - fields.Datetime.now()
        self.assertTrue(timedelta(minutes=3) < wait < timedelta(minutes=7), wait)
        self.assertEqual(self.run_lane(), 0, "nothing is due yet")
        self.assertEqual(self.mailing.state, "sending")
        self.make_due(self.mailing)
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)
        self.assertEqual((trace.attempt_count, self.mailing.state), (2, "done"))
        self.assertEqual(self.server.messages[-1].message["Message-ID"], trace.message_id)

    def test_lane_comes_back_when_due(self):
        """A deferred recipient wakes its lane in time."""
        self.server.on("RCPT").reply("451 4.3.0 Later")
        self.make_contacts("ann@example.org")
        self.enqueue(self.make_mailing())
        cron = self.env.ref("bulk_mailing.ir_cron_lane_0")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        due_at = self.env["mailing.queue"].search([]).next_attempt_at
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now())]
        )
        self.assertEqual(triggers.mapped("call_at"), [due_at])

    def test_given_up_after_three_days(self):
        """B11: after three days the recipient is failed, softly, with the server's words."""
        self.server.on("RCPT", recipient="ann@").reply("452 4.2.2 Mailbox full")
        self.send_to("ann@example.org")
        self.env["mailing.queue"].search([]).write(
            {"next_attempt_at": "2020-01-01", "first_attempt_at": fields.Datetime.now() - timedelta(days=3)}
        )
        self.env.flush_all()
        self.run_lane()
        trace = self.trace("ann@example.org")
        self.assertSummary(self.delivery_summary(self.mailing), failed=1)
        self.assertEqual((trace.bounce_severity, trace.trace_status), ("soft", "error"))
        self.assertIn("Mailbox full", trace.failure_reason)
        self.assertIn("3 days", trace.failure_reason)

    def test_unknown_user(self):
        """B5: 550 5.1.1 is a hard bounce; the others of the connection are not touched."""
        self.limit_connections(maximum=100, threads=1)
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 No such user here")
        summary = self.send_to("ann@example.org", "bob@example.org", "cat@example.org")
        self.assertSummary(summary, accepted=2, sent=2, failed=1, connections=1)
        trace = self.trace("ann@example.org")
        self.assertEqual(
            (trace.trace_status, trace.failure_type, trace.bounce_severity), ("bounce", "mail_bounce", "hard")
        )
        self.assertEqual(trace.failure_reason, "550 5.1.1 No such user here")
        self.assertEqual((self.mailing.state, self.mailing.bounced), ("done", 1))

    def test_message_refused(self):
        """5xx at the end of the message fails that recipient, and blames no address."""
        self.server.on("DOT", recipient="ann@").reply("554 5.7.1 Looks like spam")
        self.assertSummary(self.send_to("ann@example.org", "bob@example.org"), accepted=1, sent=1, failed=1)
        trace = self.trace("ann@example.org")
        self.assertEqual((trace.trace_status, trace.bounce_severity), ("error", False))
        self.assertEqual(trace.failure_reason, "554 5.7.1 Looks like spam")

    def test_retry_failed(self):
        """Who failed can be tried again, and is mailed once."""
        self.server.on("RCPT", recipient="ann@", nth=1).reply("550 5.7.1 Not today")
        self.send_to("ann@example.org", "bob@example.org")
        self.mailing.action_retry_failed()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)

    def test_local_part_with_letters(self):
        """An address that cannot be carried fails with a reason, and nobody else does."""
        summary = self.send_to("jürgen@example.org", "bob@example.org")
        self.assertEqual((summary["accepted"], summary["sent"], summary["failed"]), (1, 1, 1))
        self.assertTrue(self.trace("jürgen@example.org").failure_reason)


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

    def test_in_doubt_and_opened(self):
        """Who has opened the mail has got it: neither button mails them again or forgets that they opened it."""
        for button in ("action_resend_in_doubt", "action_count_in_doubt_as_sent"):
            with self.subTest(button):
                self.server.forget()
                address = f"{button}@example.org"
                self.server.on("DOT", recipient=address, nth=1).disconnect()
                self.send_to(address)
                trace = self.trace(address)
                trace.set_opened()
                getattr(self.mailing, button)()
                self.run_lane()
                self.assertNotIn(address, self.server.addresses())
                self.assertEqual((trace.delivery_state, trace.trace_status), ("sent", "open"))

    def test_in_doubt_counts_as_sent(self):
        """A person takes it that the mail in doubt has arrived: nothing is sent."""
        self.server.on("DOT").disconnect()
        self.send_to("ann@example.org")
        self.mailing.action_count_in_doubt_as_sent()
        self.assertSummary(self.delivery_summary(self.mailing), sent=1)
        self.assertEqual((self.mailing.sent, self.mailing.in_doubt_count), (1, 0))


@tagged("post_install", "-at_install")
class TestServerTrouble(BulkCase):
    def assertPaused(self, summary, words):
        """Nobody was mailed, everybody waits, and the reason is told."""
        self.assertSummary(summary, queued=2)
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("sending", "paused"))
        self.assertIn(words, self.mailing.flight_reason)
        self.assertEqual(set(self.mailing.mailing_trace_ids.mapped("attempt_count")), {0})
        self.assertEqual(set(self.env["mailing.queue"].search([]).mapped("attempt_count")), {0})

    def assertResumes(self):
        """When the cause is gone the mailing goes on, and nobody gets it twice."""
        self.mailing.action_resume()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=2, sent=2)
        self.assertEqual(self.mailing.state, "done")

    def test_connection_refused(self):
        """A server that is down pauses the mailing with the reason, and blames nobody."""
        self.server.stop()
        try:
            summary = self.send_to("ann@example.org", "bob@example.org")
        finally:
            self.server.start()
        self.assertPaused(summary, "cannot be reached")
        self.assertResumes()

    def test_wrong_password(self):
        """535: the mailing pauses with the server's words."""
        with SmtpServer(accounts={"us": "secret"}) as strict:
            self.mail_server.write({"smtp_port": strict.port, "smtp_user": "us", "smtp_pass": "wrong"})
            summary = self.send_to("ann@example.org", "bob@example.org")
        self.assertPaused(summary, "535 5.7.8")
        self.mail_server.write({"smtp_port": self.server.port, "smtp_user": False})
        self.assertResumes()

    def test_log_in_wanted(self):
        """530 at any command is no fault of a recipient."""
        self.server.on("MAIL").reply("530 5.7.0 Authentication required")
        self.assertPaused(self.send_to("ann@example.org", "bob@example.org"), "530 5.7.0")
        self.server.forget()
        self.assertResumes()

    def test_sender_refused(self):
        """550 at MAIL FROM: our address is refused, not the recipients'."""
        self.server.on("MAIL").reply("550 5.7.1 Not your address")
        self.assertPaused(
            self.send_to("ann@example.org", "bob@example.org"), "does not let us send as news@example.org"
        )
        self.server.forget()
        self.assertResumes()

    def test_no_tls(self):
        """A server that must be reached with TLS, and offers none, gets no mail."""
        self.mail_server.smtp_encryption = "starttls_strict"
        self.assertPaused(self.send_to("ann@example.org", "bob@example.org"), "encryption")
        self.assertFalse(self.server.messages)
        self.mail_server.smtp_encryption = "none"
        self.assertResumes()

    def test_in_the_middle(self):
        """Trouble that begins in the middle: who has got it has got it, the rest waits."""
        self.limit_connections(maximum=2, threads=1)
        self.server.on("MAIL", nth=3).reply("530 5.7.0 Log in again")
        summary = self.send_to(*(f"reader{number}@example.org" for number in range(5)))
        self.assertSummary(summary, accepted=2, sent=2, queued=3)
        self.server.forget()
        self.mailing.action_resume()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=3, sent=5)

    def test_other_mailings_of_the_server(self):
        """Each mailing that uses the server pauses; one on another server goes on."""
        with SmtpServer() as other:
            server = self.env["ir.mail_server"].create(
                {**self.server_values(), "smtp_port": other.port, "name": "Other"}
            )
            self.make_contacts("ann@example.org")
            troubled = self.make_mailing(mail_server_id=self.mail_server.id)
            also_troubled = self.make_mailing(mail_server_id=self.mail_server.id)
            fine = self.make_mailing(mail_server_id=server.id)
            self.server.on("MAIL").reply("530 5.7.0 Log in")
            for mailing in (troubled, also_troubled, fine):
                self.enqueue(mailing)
            self.run_lane()
            self.assertEqual(len(other.messages), 1)
        self.assertEqual((troubled.flight_state, also_troubled.flight_state), ("paused", "paused"))
        self.assertEqual(fine.state, "done")


@tagged("post_install", "-at_install")
class TestBadContent(BulkCase):
    def test_bad_name_breaks_nobody_else(self):
        """A name with a line break, a quote, an emoji or Arabic letters breaks neither message nor batch."""
        names = ["Ann\r\nBcc: eve@example.org", 'Bob "the" Builder', "Cat 🐈", "علي", "x" * 2000]
        contacts = self.make_contacts(*(f"reader{number}@example.org" for number in range(len(names))))
        for contact, name in zip(contacts, names, strict=True):
            contact.name = name
        self.mailing = self.make_mailing()
        summary = self.send(self.mailing)
        self.assertSummary(summary, accepted=5, sent=5)
        self.assertTrue(all(len(mail.recipients) == 1 and not mail.message["Bcc"] for mail in self.server.messages))

    def test_one_recipient_cannot_be_rendered(self):
        """Who cannot get a message fails alone."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        render = type(mailing)._render_recipients

        def spoiled(this, rows):
            results = render(this, rows)
            return [(results[0][0], ValueError("no name")), *results[1:]]

        with patch.object(type(mailing), "_render_recipients", spoiled):
            summary = self.send(mailing)
        self.assertSummary(summary, accepted=1, sent=1, failed=1)
        self.assertEqual(self.trace("ann@example.org").failure_reason, "no name")

    def test_nobody_can_be_rendered(self):
        """A body that cannot be made pauses the mailing; nobody is failed for it."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        with patch.object(type(mailing), "_render_recipients", side_effect=ValueError("broken template")):
            summary = self.send(mailing)
        self.assertSummary(summary, queued=2)
        self.assertEqual(mailing.flight_state, "paused")
        self.assertIn("broken template", mailing.flight_reason)
