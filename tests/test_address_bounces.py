"""Bounces are counted on the address: hard where the server says that there is none, soft where time ran out."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestAddressBounces(BulkCase):
    def counts(self):
        """Of the addresses that a bounce is held against."""
        addresses = self.env["mailing.address"].search([("last_bounce_at", "!=", False)])
        return {a.email: (a.hard_bounce_count, a.soft_bounce_count) for a in addresses}

    def test_refused_address(self):
        """A refusal at RCPT with 5.1.x counts one hard bounce, other refusals none; once cleared it counts anew."""
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 No such user")
        self.server.on("RCPT", recipient="bob@").reply("550 5.7.1 Not you")
        self.send_to("Ann@Example.org", "bob@example.org", "cid@example.org")
        self.assertEqual(self.counts(), {"ann@example.org": (1, 0)})
        self.env["mailing.address"].search([]).action_clear_bounces()
        self.send(self.make_mailing())
        self.assertEqual(self.counts(), {"ann@example.org": (1, 0)})
        events = self.env["mailing.bounce"].search([("address_id.email", "=", "ann@example.org")])
        self.assertEqual(events.mapped("diagnostic"), ["No such user"] * 2)

    def test_given_up(self):
        """The end after three days counts one soft bounce, and no attempt before it does."""
        self.server.on("RCPT", recipient="ann@").reply("450 4.2.0 Later")
        self.send_to("ann@example.org")
        self.make_due(self.mailing)
        self.run_lane()
        self.assertEqual(self.counts(), {})
        self.env.cr.execute("UPDATE mailing_queue SET first_attempt_at = first_attempt_at - interval '3 days'")
        self.make_due(self.mailing)
        self.run_lane()
        self.assertEqual(self.trace("ann@example.org").bounce_severity, "soft")
        self.assertEqual(self.counts(), {"ann@example.org": (0, 1)})

    def test_nobody_writes_them(self):
        """People read the counts; only the server writes them."""
        sender = new_test_user(self.env, "bounces", groups="base.group_user,bulk_mailing.group_sender")
        addresses = self.env["mailing.address"].with_user(sender)
        self.assertFalse(addresses.search([]))
        with self.assertRaises(AccessError):
            addresses.create({"email": "ann@example.org"})
