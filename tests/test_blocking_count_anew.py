"""When soft bounces are forgotten: after a mail that was accepted and did not come back, and for nothing less."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import BulkCase

DAYS_AGO = {days: fields.Datetime.now() - timedelta(days=days) for days in range(10)}


@tagged("post_install", "-at_install")
class TestCountAnew(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org")
        self.count = 0

    def bounce(self, days_ago=0, **values):
        """A soft bounce of some days ago."""
        self.count += 1
        event = {"email": "ann@example.org", "severity": "soft", "source": "report", "event_key": str(self.count)}
        self.env["mailing.bounce"]._record([event | {"occurred_at": DAYS_AGO[days_ago]} | values])

    def accept(self, days_ago, **values):
        """A mail that was accepted some days ago."""
        self.mailing = self.make_mailing(**values)
        self.send(self.mailing)
        trace = self.trace("ann@example.org")
        trace.sent_datetime = DAYS_AGO[days_ago]
        return trace

    @property
    def soft_bounces(self):
        return self.env["mailing.address"].search([("email", "=", "ann@example.org")]).soft_bounce_count

    def test_accepted_and_not_back(self):
        """Three days after an accepted mail without a bounce the count starts anew."""
        self.bounce(days_ago=6)
        self.bounce(days_ago=5)
        self.accept(days_ago=4)
        self.bounce()
        self.assertEqual(self.soft_bounces, 1)

    def test_accepted_lately(self):
        """Two days prove nothing, unless the setting says so."""
        self.bounce(days_ago=5)
        self.accept(days_ago=2)
        self.bounce()
        self.assertEqual(self.soft_bounces, 2)
        self.set_parameter("soft_bounce_days", "1")
        self.accept(days_ago=0).sent_datetime = fields.Datetime.now() - timedelta(hours=25)
        self.env["mailing.address"].search([]).last_bounce_at = DAYS_AGO[3]
        self.bounce()
        self.assertEqual(self.soft_bounces, 1)

    def test_accepted_before_it_bounced(self):
        """What was accepted before the last bounce proves nothing."""
        self.accept(days_ago=5)
        self.bounce(days_ago=4)
        self.bounce()
        self.assertEqual(self.soft_bounces, 2)

    def test_time_alone(self):
        """Time alone, without a mail, forgets nothing."""
        self.bounce(days_ago=9)
        self.bounce()
        self.assertEqual(self.soft_bounces, 2)

    def test_accepted_and_came_back(self):
        """A mail that came back after all was not delivered."""
        self.bounce(days_ago=6)
        self.accept(days_ago=4).write({"delivery_state": "failed", "trace_status": "error"})
        self.bounce()
        self.assertEqual(self.soft_bounces, 2)

    def test_where_doubles_are_allowed(self):
        """Also where a mailing may reach an address several times, and so knows its records instead."""
        trace = self.accept(days_ago=8, exclude_duplicates=False)
        self.bounce(days_ago=6, trace_id=trace.id)
        self.accept(days_ago=4, exclude_duplicates=False)
        self.bounce()
        self.assertEqual(self.soft_bounces, 1)

    def test_odoos_own_queue(self):
        """A mail that left through Odoo's own queue proves as much, and one that came back as little."""
        self.bounce(days_ago=6)
        mail = {"trace_type": "mail", "model": "mailing.contact", "res_id": 1, "email": "ann@example.org"}
        trace = self.env["mailing.trace"].create(
            mail | {"mass_mailing_id": self.make_mailing().id, "trace_status": "bounce", "sent_datetime": DAYS_AGO[4]}
        )
        self.bounce(days_ago=5)
        self.assertEqual(self.soft_bounces, 2)
        trace.trace_status = "sent"
        self.bounce()
        self.assertEqual(self.soft_bounces, 1)

    def test_what_people_see(self):
        """The count falls by itself once a day; a blocked address stays blocked."""
        self.bounce(days_ago=6)
        self.accept(days_ago=4)
        self.env["mailing.address"]._show_who_works_again()
        self.assertEqual(self.soft_bounces, 0)
        address = self.env["mailing.address"].search([])
        address.write({"soft_bounce_count": 6, "is_blocked": True})
        self.env["mailing.address"]._show_who_works_again()
        self.assertEqual((address.soft_bounce_count, address.is_blocked), (6, True))
