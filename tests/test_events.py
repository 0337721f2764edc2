"""The audit list: who did what to a mailing, when, and to how many."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BulkCase
from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestEvents(PeopleCase):
    def events(self, mailing):
        found = self.env["mailing.event"].search([("mailing_id", "=", mailing.id)], order="id")
        return [(event.kind, event.user_id) for event in found]

    def request(self, mailing):
        self.walk(self.make_wizard(mailing)).action_request()

    def test_from_request_to_the_queue(self):
        """C15: who prepared, requested, rejected, withdrew, approved and took back."""
        mailing = self.make_mailing(self.requester)
        by_sender = mailing.with_user(self.sender)
        self.request(mailing)
        by_sender.action_reject("Too long")
        self.request(mailing)
        mailing.action_withdraw_request()
        self.request(mailing)
        by_sender.action_approve()
        by_sender.action_cancel()
        mine, theirs = self.requester, self.sender
        self.assertEqual(
            self.events(mailing),
            [
                ("prepared", mine),
                ("requested", mine),
                ("rejected", theirs),
                ("requested", mine),
                ("withdrawn", mine),
                ("requested", mine),
                ("approved", theirs),
                ("sent", theirs),
                ("taken_back", theirs),
            ],
        )
        asked = self.env["mailing.event"].search([("mailing_id", "=", mailing.id), ("kind", "=", "requested")])
        self.assertEqual(set(asked.mapped("count")), {2})
        reasons = self.env["mailing.event"].search([("mailing_id", "=", mailing.id), ("kind", "=", "rejected")])
        self.assertEqual(reasons.note, "Too long")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.sql_db")
    def test_kept_for_ever(self):
        """C15: nobody writes, changes or deletes it, and it outlives the mailing."""
        mailing = self.make_mailing(self.sender)
        event = mailing.sudo().event_ids
        for user in (self.requester, self.sender, self.admin):
            with self.assertRaises(AccessError):
                event.with_user(user).unlink()
            with self.assertRaises(AccessError):
                event.with_user(user).create({"kind": "sent", "user_id": user.id})
        for call in (event.sudo().unlink, lambda: event.sudo().write({"count": 7})):
            with self.assertRaises(UserError):
                call()
        mailing.unlink()
        self.assertEqual((event.exists().mailing_subject, event.user_id), ("News", self.sender))

    def test_history_of_a_mailing(self):
        """C15: whoever reads a mailing finds its history; the list of all is the mail administrators'."""
        mailing = self.make_mailing(self.requester)
        action = mailing.action_view_events()
        found = mailing.env[action["res_model"]].search(action["domain"])
        self.assertEqual((mailing.event_count, found.kind), (1, "prepared"))
        menu = self.env.ref("bulk_mailing.mailing_event_menu").id
        self.assertIn(menu, self.env["ir.ui.menu"].with_user(self.admin)._visible_menu_ids())
        for user in (self.requester, self.sender):
            self.assertNotIn(menu, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())


@tagged("post_install", "-at_install")
class TestEventsInFlight(BulkCase):
    def test_from_the_queue_to_the_end(self):
        """C15: who paused, resumed and stopped, and how many had been mailed at that moment."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        mailing.action_pause()
        mailing.action_resume()
        self.run_lane()
        told = [(event.kind, event.count) for event in mailing.event_ids.sorted("id")]
        self.assertEqual(told, [("prepared", 0), ("sent", 0), ("paused", 0), ("resumed", 0), ("finished", 2)])
        self.enqueue(other := self.make_mailing(subject="Other"))
        other.action_stop()
        self.assertEqual(other.event_ids.sorted("id").mapped("kind")[2:4], ["stopped", "finished"])
