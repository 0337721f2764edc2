"""Rates: a mailing's own, and a provider's over all mailings."""

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .pace_case import PaceCase


@tagged("post_install", "-at_install")
class TestPaceRates(PaceCase):
    def test_no_limit(self):
        """Without limits a lane gets what it wants."""
        mailing = self.fly(1)
        self.assertEqual(self.grant(self.stream(mailing)), (500, None, 0))

    def test_rate_of_a_mailing(self):
        """C30: a mailing of 100 a minute gives 8, and its stream is due again about 5 s later."""
        mailing = self.fly(1, rate_per_minute=100)
        self.assertEqual(self.grant(self.stream(mailing)).mails, 8)
        stream = self.stream(mailing)
        self.assertFalse(stream.is_due)
        self.assertAlmostEqual(stream.wait_seconds, 5, delta=0.5)
        self.assertEqual(self.grant(stream).mails, 0)

    def test_rate_of_a_provider(self):
        """C31: all mailings together keep a provider's rate; elsewhere they go on."""
        self.provider.mails_per_minute = 120
        first, second = self.fly(1, self.provider), self.fly(1, self.provider)
        elsewhere = self.fly(1)
        self.assertEqual(self.grant(self.stream(first, self.provider)).mails, 10)
        self.assertFalse(self.stream(second, self.provider).is_due)
        self.assertEqual(self.grant(self.stream(second, self.provider)).mails, 0)
        self.assertEqual(self.grant(self.stream(elsewhere)).mails, 500)

    def test_both_rates(self):
        """The lower of the two counts, and both are charged."""
        self.provider.mails_per_minute = 600
        mailing = self.fly(1, self.provider, rate_per_minute=12)
        self.assertEqual(self.grant(self.stream(mailing, self.provider)).mails, 1)

    def test_archived_provider(self):
        """The limits of an archived provider do not hold."""
        self.provider.write({"mails_per_minute": 1, "connections": 1})
        mailing = self.fly(1, self.provider)
        self.provider.active = False
        self.assertEqual(self.grant(self.stream(mailing, self.provider)), (500, None, 0))

    def test_who_waited_longest_comes_first(self):
        """Mailings take turns: the one that was granted last comes last."""
        million, small = self.fly(1), self.fly(1)
        self.grant(self.stream(million))
        self.assertEqual([stream.mailing_id for stream in self.queue._streams()], [small.id, million.id])
        self.grant(self.stream(small))
        self.assertEqual([stream.mailing_id for stream in self.queue._streams()], [million.id, small.id])

    def test_undo_time(self):
        """Nobody is due before the time to undo is over."""
        mailing = self.fly(1)
        mailing.undo_until = "2999-01-01"
        self.assertFalse(self.stream(mailing).is_due)

    def test_negative_rate(self):
        """A rate below 0 is a mistake."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_mailing(rate_per_minute=-1)


@tagged("post_install", "-at_install")
class TestPaceConnections(PaceCase):
    def test_connections_of_all_lanes(self):
        """Lanes share a provider's connections; who is done gives them back."""
        self.provider.connections = 5
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.assertEqual(self.grant(stream, lane="a", wanted=60), (60, 3, 0))
        self.assertEqual(self.grant(stream, lane="b", wanted=60), (40, 2, 0))
        self.assertEqual(self.grant(stream, lane="c", wanted=60), (0, 0, 0))
        self.assertEqual(self.grant(stream, lane="b", wanted=60, open_parcels=1), (20, 1, 0))
        self.queue._release_connections("a")
        self.assertEqual(self.grant(stream, lane="c", wanted=60), (60, 3, 0))

    def test_mails_per_connection(self):
        """A provider's mails a connection hold, where the settings would allow more."""
        self.provider.write({"connections": 5, "mails_per_connection": 3})
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.assertEqual(self.grant(stream, per_connection=20), (15, 5, 3))

    def test_dead_lane(self):
        """The connections of a lane that died come free when its lease is over."""
        self.provider.connections = 1
        stream = self.stream(self.fly(1, self.provider), self.provider)
        self.grant(stream, lane="dead")
        self.assertEqual(self.grant(stream, lane="alive").mails, 0)
        self.env["mailing.pace.connection"].search([]).lease_until = "2020-01-01"
        self.env.flush_all()
        self.assertEqual(self.grant(stream, lane="alive").mails, 20)
