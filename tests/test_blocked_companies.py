"""Several companies in one database: an address is one, whoever mails it; its people are seen where rules let."""

from odoo.tests import tagged

from .blocked_case import SHARED, BlockedAddressesCase
from .companies import CompaniesMixin


@tagged("post_install", "-at_install")
class TestBlockedCompanies(CompaniesMixin, BlockedAddressesCase):
    """A contact of ours and a lead of theirs have the same address, which is blocked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.contact, cls.lead, cls.reader = cls.shared
        cls.contact.company_id = cls.ours
        cls.lead.write({"user_id": False, "team_id": False, "company_id": cls.theirs.id})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def shared_address(self, user):
        return self.addresses(SHARED, user=user)

    def told(self, action):
        self.env.invalidate_all()
        return action["params"]["message"]

    def test_people(self):
        """B19: one address for all companies, and of its people those whom one may read."""
        people = {
            user.login: self.shared_address(user).people for user in (self.our_sender, self.their_sender, self.both)
        }
        self.assertEqual(
            people,
            {
                "our.sender": "Sam Shared, Sam of the list",
                "their.sender": "Shared lead, Sam of the list",
                "both.sender": "Sam Shared, Shared lead, Sam of the list",
            },
        )

    def test_switched_company(self):
        """B19: whoever works in two companies sees the people of those that the screen shows, one after the other."""
        address = self.shared_address(self.both)
        shown = [address.with_context(allowed_company_ids=each.ids).people for each in (self.ours, self.theirs)]
        self.assertEqual(shown, ["Sam Shared, Sam of the list", "Shared lead, Sam of the list"])

    def test_search_and_open(self):
        """B14, B19: nobody is found by, or led to, people of another company."""
        for user, own, foreign in (
            (self.our_sender, "sam shared", "shared lead"),
            (self.their_sender, "shared lead", "sam shared"),
        ):
            addresses = self.env["mailing.address"].with_user(user)
            self.assertEqual(addresses.search([("people", "ilike", own)]).email, SHARED)
            self.assertFalse(addresses.search([("people", "ilike", foreign)]))
        action = self.shared_address(self.their_sender).action_open_people()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", self.lead.id))

    def test_recipients(self):
        """B1: a mailing's list names a recipient to those who may read them."""
        trace = self.env["mailing.trace"].create(
            {"model": "crm.lead", "res_id": self.lead.id, "email": SHARED, "mass_mailing_id": self.mailing.id}
        )
        self.assertEqual(trace.with_user(self.their_sender).recipient_name, "Shared lead")
        self.assertFalse(trace.with_user(self.our_sender).recipient_name)
        seen = [
            trace.with_user(self.both).with_context(allowed_company_ids=each.ids).recipient_name
            for each in (self.theirs, self.ours)
        ]
        self.assertEqual(seen, ["Shared lead", ""])

    def test_one_ledger(self):
        """B17: what came back to one company is known to the other, and blocks there too."""
        self.assertTrue(self.contact.with_user(self.our_sender).email_is_blocked)
        self.assertTrue(self.lead.with_user(self.their_sender).email_is_blocked)
        self.shared_address(self.their_sender).action_clear_bounces()
        self.env.invalidate_all()
        self.assertFalse(self.contact.with_user(self.our_sender).email_is_blocked)

    def test_delete(self):
        """B25: the other company's records are kept, which is told without a name, and stay blocked."""
        action = self.shared_address(self.our_sender).action_delete()
        wizard = self.env[action["res_model"]].with_user(self.our_sender).browse(action["res_id"])
        self.assertEqual(wizard.kept_count, 1)
        told = self.told(wizard.action_delete())
        self.assertIn("Deleted from Contact: 1, Mailing Contact: 1. Kept, because you may not change it: Lead", told)
        self.assertIn("Still known here, because they are in use: 1.", told)
        self.assertNotIn("Shared lead", told)
        self.assertEqual([record.email_normalized for record in self.shared], [False, SHARED, False])
        self.assertTrue(self.lead.email_is_blocked)

    def test_correct(self):
        """B9: the other company's records keep the address, which is told."""
        wizard = self.env["mailing.address.correction"].with_user(self.their_sender)
        wizard = wizard.create(
            {"address_ids": self.shared_address(self.their_sender).ids, "new_email": "s@example.com"}
        )
        self.assertIn("Kept, because you may not change it: Contact: 1", self.told(wizard.action_correct()))
        self.assertEqual(
            [record.email_normalized for record in self.shared], [SHARED, "s@example.com", "s@example.com"]
        )

    def test_former_employee(self):
        """B28: people of another company are nobody's former employees."""
        told = self.told(self.shared_address(self.their_sender).action_set_former_employee())
        self.assertIn("Former employees now: 0", told)
        self.assertFalse(self.contact.is_former_employee)

    def test_to_a_list(self):
        """B21: a new mailing contact is called by nobody whom one may not read."""
        self.reader.unlink()
        action = self.shared_address(self.our_sender).action_add_to_list()
        wizard = self.env[action["res_model"]].with_user(self.our_sender).browse(action["res_id"])
        wizard.write({"name": "Ours"})
        wizard.action_add()
        made = self.env["mailing.list"].search([("name", "=", "Ours")])
        self.assertEqual(made.contact_ids.name, "Sam Shared")

    def test_settings(self):
        """B18: how many bounces are accepted, and for how long they count, is one setting for all companies."""
        settings = self.env["mailing.settings"]
        settings.search([("company_id", "=", self.theirs.id)]).write({"soft_bounce_limit": 9, "soft_bounce_days": 8})
        settings.invalidate_model()
        ours = settings.search([("company_id", "=", self.ours.id)])
        self.assertEqual((ours.soft_bounce_limit, ours.soft_bounce_days), (9, 8))
