"""The side doors to sending: imports, copies and server actions ask for the same right as the buttons."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .people import BODY, PeopleCase


@tagged("post_install", "-at_install")
class TestRoutes(PeopleCase):
    def setUp(self):
        super().setUp()
        self.enforce("0")  # so that nothing but the right is in the way
        self.mailing = self.make_mailing(self.requester)
        self.mailing._accept_terms()

    def load(self, user, **values):
        """Import one row; the messages of the import."""
        model = self.env["mailing.mailing"].with_user(user)
        return model.load(list(values), [list(values.values())])["messages"]

    def in_queue(self):
        return self.env["mailing.mailing"].search([("state", "!=", "draft")])

    def test_import_of_a_new_one(self):
        """C15: a row that says that it is in the queue is refused."""
        row = {
            "subject": "Imported",
            "email_from": "news@example.org",
            "body_html": BODY,
            "mailing_model_id/.id": str(self.env["ir.model"]._get_id("mailing.list")),
            "contact_list_ids/.id": str(self.list.id),
        }
        before = self.in_queue()
        messages = self.load(self.requester, **row, state="in_queue")
        self.assertEqual({message["type"] for message in messages}, {"error"})
        self.assertEqual(self.in_queue(), before)
        self.assertFalse(self.load(self.requester, **row))  # the row itself is all right
        self.assertFalse(self.load(self.sender, **row, state="in_queue"))
        self.assertEqual(len(self.in_queue() - before), 1)

    def test_import_over_an_existing_one(self):
        """C15: so is one that puts an existing mailing into the queue."""
        row = {".id": str(self.mailing.id), "state": "in_queue"}
        self.assertIn("not send them", self.load(self.requester, **row)[0]["message"])
        self.assertEqual(self.mailing.state, "draft")
        self.assertFalse(self.load(self.sender, **row))

    def test_copy(self):
        """C15: a copy begins as a draft, and cannot be made as anything else."""
        with self.assertRaises(AccessError):
            self.mailing.copy({"state": "in_queue"})
        self.mailing.with_user(self.sender).action_put_in_queue()
        self.assertEqual(self.mailing.copy().state, "draft")

    def test_server_action(self):
        """C15: an action that somebody has made for all runs with the rights of who presses it."""
        action = self.env["ir.actions.server"].create(
            {
                "name": "Send",
                "model_id": self.env["ir.model"]._get_id("mailing.mailing"),
                "state": "code",
                "code": "records.action_put_in_queue()",
            }
        )
        action = action.with_context(
            active_model="mailing.mailing", active_id=self.mailing.id, active_ids=self.mailing.ids
        )
        with self.assertRaises(AccessError):
            action.with_user(self.requester).run()
        self.assertEqual(self.mailing.state, "draft")
        action.with_user(self.sender).run()
        self.assertEqual(self.mailing.state, "in_queue")
