"""Sending later, clicked through in a browser."""

from odoo import fields
from odoo.tests import tagged

from .test_tours import BODY, TourCase


@tagged("post_install", "-at_install")
class TestScheduleTour(TourCase):
    def test_later(self):
        """C7, C21: a day and an hour are chosen, changed while it waits, and the mailing is cancelled in time."""
        mailing = self.make_mailing(body_arch=BODY, body_html=BODY)
        self.open_mailing(mailing, "bulk_mailing_schedule")
        self.assertEqual((mailing.state, mailing.send_when), ("in_queue", "later"))
        self.assertEqual(mailing.schedule_date, fields.Datetime.to_datetime("2036-07-04 14:15:00"))
        self.depart()
        self.run_lane()
        self.assertFalse(self.server.messages, "nobody is mailed before")
        self.open_mailing(mailing, "bulk_mailing_cancel_scheduled")
        self.assertEqual((mailing.state, mailing.schedule_date), ("draft", False))
