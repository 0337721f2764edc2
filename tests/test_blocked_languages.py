"""Everybody reads in their own language why an address is not mailed, and what was done about it."""

from odoo.tests import tagged

from ..adapters.dns import FakeMailDomains
from .blocked_case import FULL, GONE, SHARED, BlockedAddressesCase
from .dutch import DutchMixin


@tagged("post_install", "-at_install")
class TestBlockedLanguages(DutchMixin, BlockedAddressesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learn_dutch()

    def dutch_address(self, *emails):
        return self.for_sanne(self.addresses(*emails))

    def dialog(self, action, **values):
        wizard = self.for_sanne(self.env[action["res_model"]]).browse(action["res_id"])
        wizard.write(values)
        return wizard

    def told(self, action):
        return action["params"]["message"]

    def test_sign(self):
        """B15: the sign's tooltip, to the one in Dutch and to the other in English, in one breath."""
        dutch = self.for_sanne(self.gone).email_problem
        english = self.gone.with_user(self.sender).with_context(lang="en_US").email_problem
        self.assertTrue(dutch.startswith("Krijgt geen mail sinds ") and "het adres bestaat niet" in dutch, dutch)
        self.assertTrue(english.startswith("Not mailed since ") and "does not exist" in english, english)

    def test_columns(self):
        """B1, B3: reasons in the columns, the filters and the groups."""
        words = dict(self.dutch_address(GONE).fields_get(["why"])["why"]["selection"])
        self.assertEqual(
            (words["userunknown"], words["hostunknown"]), ("Het adres bestaat niet", "Het domein bestaat niet")
        )
        words = dict(self.for_sanne(self.env["mailing.bounce"]).fields_get(["reason"])["reason"]["selection"])
        self.assertEqual(words["userunknown"], "Dit adres bestaat niet.")
        words = dict(
            self.for_sanne(self.env["mailing.trace"]).fields_get(["failure_type"])["failure_type"]["selection"]
        )
        self.assertEqual(words["mail_blocked"], "Geblokkeerd adres")
        partners = self.for_sanne(self.env["res.partner"])
        self.assertEqual(partners.search([("email_problem", "ilike", "adres bestaat niet")]), self.gone)
        groups = partners.formatted_read_group([("id", "=", self.gone.id)], ["email_problem"], ["__count"])
        self.assertEqual(groups[0]["email_problem"], "het adres bestaat niet")

    def test_people(self):
        """B19: how many more there are."""
        self.env["res.partner"].create({"name": "Sam Senior", "email": SHARED})
        address = self.addresses(SHARED)
        told = [address.with_context(lang=lang).people for lang in ("en_US", "nl_NL")]
        self.assertEqual([people.rpartition(", ")[2] for people in told], ["and 1 more", "en nog 1"])

    def test_left_out(self):
        """C12: why somebody is left out, before sending and afterwards."""
        words = self.for_sanne(self.env["mailing.mailing"])._exclusion_words()
        self.assertEqual((words["mail_blocked"], words["mail_dup"]), ("geblokkeerd", "dubbel (zelfde adres)"))
        member = self.env["mailing.audience.member"].create({"outcome": "mail_blocked", "user_id": self.sanne.id})
        self.assertEqual(self.for_sanne(member).why, "geblokkeerd")

    def test_what_was_done(self):
        """B9, B21, B25, B28: what the dialogs say when they have done it."""
        wizard = self.dialog(self.dutch_address(FULL, SHARED).action_add_to_list(), name="Herstellen")
        self.assertEqual(self.told(wizard.action_add()), "Toegevoegd aan “Herstellen”: 2.")
        self.assertIn("Nu voormalig werknemer: 1.", self.told(self.dutch_address(GONE).action_set_former_employee()))
        wizard = self.dialog(self.dutch_address(FULL).action_correct(), new_email="fay@example.com")
        self.assertTrue(self.told(wizard.action_correct()).startswith("Hersteld: "))
        wizard = self.dialog(self.dutch_address(GONE).action_delete())
        self.assertTrue(self.told(wizard.action_delete()).startswith("Verwijderd van "))

    def test_visitor(self):
        """B7: what a visitor is told whose address is not taken."""
        self.patch(self.registry["mailing.recipient.domain"], "_dns", lambda model, **options: FakeMailDomains({}))
        [sentence] = self.for_sanne(self.env["mailing.address"])._objections(["ann@dead.example"]).values()
        self.assertIn("kan geen mail ontvangen: “dead.example” bestaat niet.", sentence)
