"""Finding recipients again: by what became of them, and by the domain of their address."""

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestRecipients(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org", "bob@Example.org", "cat@example.com")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)])

    def test_group_by_domain(self):
        """Recipients are grouped by the domain of their address, and each group can be opened."""
        [first, second] = self.traces.formatted_read_group(
            [("mass_mailing_id", "=", self.mailing.id)], ["email_domain"], ["__count"]
        )
        counts = {group["email_domain"]: group["__count"] for group in (first, second)}
        self.assertEqual(counts, {"example.com": 1, "example.org": 2})
        opened = self.traces.search([("mass_mailing_id", "=", self.mailing.id), ("email_domain", "=", "example.org")])
        self.assertEqual(len(opened), 2)
        self.assertEqual(set(self.traces.mapped("email_domain")), {"example.com", "example.org"})

    def test_given_up(self):
        """Who could not be reached for three days is failed, softly, and the list says it in plain words."""
        self.server.on("RCPT", recipient="ann").reply("451 4.3.0 Come back later")
        self.env["mailing.queue"].search([("email", "=", "ann@example.org")]).write(
            {"first_attempt_at": "2020-01-01", "attempt_count": 20}
        )
        self.env.flush_all()
        self.run_lane()
        trace = self.trace("ann@example.org")
        self.assertEqual((trace.delivery_state, trace.bounce_severity), ("failed", "soft"))
        self.assertTrue(trace.failure_reason.startswith("Not deliverable for 3 days."), trace.failure_reason)
