"""Our own server is in trouble: the mailing pauses with the reason, and nobody is blamed."""

from odoo.tests import tagged

from .common import BulkCase
from .smtp_server import SmtpServer


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
