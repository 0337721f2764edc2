"""Telephone numbers that cannot exist are told about, by the country of whoever has them."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPhoneProblem(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.dutch, cls.belgian = cls.env.ref("base.nl"), cls.env.ref("base.be")

    def partner(self, phone, country):
        values = {"name": "Ann", "phone": phone, "country_id": country.id}
        return self.env["res.partner"].with_context(lang="en_US").create(values)

    def test_by_country(self):
        """A number counts as one of the person's country, unless it names another."""
        self.assertFalse(self.partner("06 12345678", self.dutch).phone_problem)
        self.assertFalse(self.partner("+31 6 12345678", self.belgian).phone_problem)
        self.assertFalse(self.partner(False, self.dutch).phone_problem)
        sentence = "“06 12345678” is not a phone number that can exist in Belgium."
        self.assertEqual(self.partner("06 12345678", self.belgian).phone_problem, sentence)
        sentence = "“+31 6 1234” is not a phone number that can exist."
        self.assertEqual(self.partner("+31 6 1234", self.dutch).phone_problem, sentence)

    def test_leads_and_mailing_contacts(self):
        """Leads and mailing contacts are told about in the same way."""
        values = {"country_id": self.dutch.id}
        lead = self.env["crm.lead"].create({"name": "Lead", "phone": "020 1", **values})
        contact = self.env["mailing.contact"].create({"name": "Bob", "mobile": "06 1", **values})
        self.assertTrue(lead.phone_problem)
        self.assertTrue(contact.phone_problem)

    def test_searched(self):
        """Those with a problem are found, and those without."""
        good, bad, none = (self.partner(phone, self.dutch) for phone in ("06 12345678", "06 1", False))
        domain = [("id", "in", (good + bad + none).ids)]
        self.assertEqual(good.search([*domain, ("phone_problem", "!=", False)]), bad)
        self.assertEqual(good.search([*domain, ("phone_problem", "=", False)]), good + none)
