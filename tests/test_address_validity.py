"""Addresses are checked in the background: what is saved is noted, and one question a domain is asked."""

import random
import string

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ..adapters.dns import DnsMailDomains, FakeMailDomains
from ..core.validity import DomainAnswer
from .dns_server import DnsServer

MAIL, SILENT = DomainAnswer.MAIL_SERVER, DomainAnswer.NO_ANSWER


class ValidityCase(TransactionCase):
    """`self.dns` is a DNS that knows two domains that take mail, one that is silent, and no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addresses = cls.env["mailing.address"]
        cls.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", "90")

    def setUp(self):
        super().setUp()
        self.dns = FakeMailDomains({"example.org": MAIL, "example.net": MAIL, "silent.example": SILENT})

    def check(self, dns=None):
        """What the commit and the cron do."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.addresses._cron_check(dns or self.dns)

    def known(self, email):
        """What is known of an address."""
        return self.addresses.search([("email", "=", email)])

    def verdict(self, email):
        """Validity and why."""
        address = self.known(email)
        return address.validity, address.validity_reason

    def let_pass(self, hours):
        """So many hours pass."""
        self.env.flush_all()
        shift = "- %s * interval '1 hour'"
        self.env.cr.execute(
            f"UPDATE mailing_address SET check_at = check_at {shift}, checked_at = checked_at {shift}", [hours, hours]
        )
        self.env.cr.execute(
            f"UPDATE mailing_recipient_domain SET asked_at = asked_at {shift}, dead_since = dead_since {shift}",
            [hours, hours],
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAddressValidity(ValidityCase):
    def test_saved_anywhere(self):
        """A18, G18: contacts, leads and mailing contacts are checked when they are made or changed."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "Ann <Ann@Example.org>"})
        self.env["crm.lead"].create({"name": "Lead", "email_from": "bob@nobody.example"})
        self.env["mailing.contact"].create({"name": "Cyd", "email": "info@example.net"})
        self.check()
        self.assertEqual(self.verdict("ann@example.org"), ("valid", False))
        self.assertEqual(self.verdict("bob@nobody.example"), ("invalid", "no_domain"))
        self.assertEqual(self.verdict("info@example.net"), ("risky", "role"))
        partner.email = "ann@gmial.com"
        self.check()
        self.assertEqual(self.verdict("ann@gmial.com"), ("invalid", "no_domain"))
        self.assertEqual(self.known("ann@gmial.com").suggestion, "ann@gmail.com")

    def test_saving_asks_nobody(self):
        """A saving writes one row of notes and wakes the cron, however many are saved; typing in a form, nothing."""
        self.env["mailing.contact"].new({"email": "new@example.org"}).email_normalized  # noqa: B018
        self.assertFalse(self.env.cr.precommit.data.get("bulk_mailing.noted_addresses"))
        self.env["mailing.contact"].create([{"email": f"ann{number}@example.org"} for number in range(20)])
        self.env.flush_all()
        with self.assertQueryCount(4):
            self.env.cr.precommit.run()
        self.assertEqual(self.env["mailing.address.noted"].search_count([]), 20)
        self.assertFalse(self.known("ann1@example.org"))

    def test_switched_off(self):
        """With 0 days, nothing is noted."""
        self.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", "0")
        self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertFalse(self.env["mailing.address.noted"].search([]))

    def test_nonsense_in_the_place_of_days(self):
        """It breaks no saving: the usual number counts."""
        for days in ("²", "-1", "soon"):
            self.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", days)
            self.assertEqual(self.addresses._check_days(), 90, days)

    def test_far_too_many_days(self):
        """A number of days that no calendar has is refused; typed elsewhere, it stops no check."""
        settings = self.env["mailing.settings"].browse(self.env.company.id)
        settings.check_days = 3650
        with self.assertRaisesRegex(ValidationError, "^Give 0 to 3650 days; 90 is usual.$"):
            settings.check_days = 9_999_999
        self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        for days in (9_999_999, 999_999_999):  # after the last year of Python, and of PostgreSQL
            self.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", str(days))
            self.addresses._add_to_check(["ann@example.org"])
            self.check()
            self.assertEqual(self.verdict("ann@example.org"), ("valid", False))

    def test_long_address_stops_no_check(self):
        """A stranger's address that fits in an index as it was written, and not as we write it, holds up nobody."""
        letters = "".join(random.Random(1).choices(string.ascii_lowercase + string.digits, k=2560))
        self.env["crm.lead"].create({"name": "Lead", "email_from": f"{letters}@{'ü.' * 30}example"})
        self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.check()
        self.assertEqual(self.verdict("ann@example.org"), ("valid", False))
        self.assertFalse(self.addresses.search([("email", "like", letters[:50])]))

    def test_one_question_a_domain(self):
        """The DNS is asked once for all who have their mail there, and not again while the answer is fresh."""
        self.env["mailing.contact"].create([{"email": f"ann{number}@example.org"} for number in range(20)])
        self.check()
        self.assertEqual(self.dns.asked, ["example.org"])
        self.env["mailing.contact"].create({"email": "bob@example.org"})
        self.check()
        self.assertEqual(self.dns.asked, ["example.org"])
        self.assertEqual(self.verdict("bob@example.org"), ("valid", False))

    def test_silence(self):
        """A DNS that does not answer makes nobody invalid; it is asked again in an hour, and then answers."""
        self.env["res.partner"].create({"name": "Ann", "email": "ann@silent.example"})
        self.check()
        self.assertEqual(self.verdict("ann@silent.example"), ("unknown", "no_answer"))
        self.assertFalse(self.known("ann@silent.example").checked_at)
        self.dns.answers["silent.example"] = MAIL
        self.check()
        self.assertEqual(self.verdict("ann@silent.example"), ("unknown", "no_answer"))
        self.let_pass(hours=1)
        self.check()
        self.assertEqual(self.verdict("ann@silent.example"), ("valid", False))

    def test_dead_on_two_days(self):
        """Only a domain that is dead on another day, too, is unreachable; when it lives again, it is at once."""
        self.env["res.partner"].create({"name": "Ann", "email": "ann@dead.example"})
        self.check()
        address = self.known("ann@dead.example")
        self.assertEqual((address.validity, address.is_unreachable), ("invalid", False))
        self.let_pass(hours=13)
        self.addresses._add_to_check(["ann@dead.example"], is_new=True)
        self.check()
        self.assertFalse(address.is_unreachable)
        self.let_pass(hours=24)
        self.check()
        self.assertTrue(address.is_unreachable)
        self.dns.answers["dead.example"] = MAIL
        self.let_pass(hours=24)
        self.check()
        self.assertEqual((address.validity, address.is_unreachable), ("valid", False))

    def test_silence_between(self):
        """Silence between two deaths is neither a life nor a death."""
        self.env["res.partner"].create({"name": "Ann", "email": "ann@dead.example"})
        self.check()
        self.dns.answers["dead.example"] = SILENT
        self.let_pass(hours=24)
        self.check()
        address = self.known("ann@dead.example")
        self.assertEqual((address.validity, address.is_unreachable), ("unknown", False))
        del self.dns.answers["dead.example"]
        self.let_pass(hours=1)
        self.check()
        self.assertTrue(address.is_unreachable)

    def test_again_when_old(self):
        """After the days of the settings an address is checked again."""
        self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.check()
        del self.dns.answers["example.org"]
        self.let_pass(hours=24 * 89)
        self.check()
        self.assertEqual(self.verdict("ann@example.org"), ("valid", False))
        self.let_pass(hours=24)
        self.check()
        self.assertEqual(self.verdict("ann@example.org"), ("invalid", "no_domain"))

    def test_foreign_domain(self):
        """A domain in its own letters and in those of the DNS is one address."""
        self.dns.answers["xn--mller-kva.de"] = MAIL
        self.env["res.partner"].create(
            [{"name": "a", "email": "ann@müller.de"}, {"name": "b", "email": "ann@xn--mller-kva.de"}]
        )
        self.check()
        self.assertEqual(self.dns.asked, ["xn--mller-kva.de"])
        self.assertEqual(self.addresses.search_count([("email", "like", "ann@")]), 1)

    def test_familiar_domain(self):
        """A dead domain that is a slip away from one that many have here is told so."""
        self.env["mailing.contact"].create([{"email": f"ann{number}@example.org"} for number in range(3)])
        self.check()
        self.env["mailing.contact"].create({"email": "bob@exmple.org"})
        self.check()
        self.assertEqual(self.known("bob@exmple.org").suggestion, "bob@example.org")

    def test_real_server(self):
        """Over a real DNS server: mail servers, an address alone, none, null MX, silence."""
        zones = {
            "mail.example": ["10 mx.example.net."],
            "address.example": {"A": ["192.0.2.1"]},
            "empty.example": {},
            "no-mail.example": ["0 ."],
            "lost.example": "SILENCE",
        }
        self.env["mailing.contact"].create([{"email": f"ann@{domain}"} for domain in [*zones, "nobody.example"]])
        with DnsServer(zones) as server:
            self.check(DnsMailDomains([server.host], server.port, patience=0.3))
        self.assertEqual(self.verdict("ann@mail.example"), ("valid", False))
        self.assertEqual(self.verdict("ann@address.example"), ("risky", "address_only"))
        self.assertEqual(self.verdict("ann@empty.example"), ("invalid", "no_server"))
        self.assertEqual(self.verdict("ann@no-mail.example"), ("invalid", "no_mail"))
        self.assertEqual(self.verdict("ann@lost.example"), ("unknown", "no_answer"))
        self.assertEqual(self.verdict("ann@nobody.example"), ("invalid", "no_domain"))

    def test_many_silent_domains(self):
        """As many domains as are silent are asked about in portions, and each address once."""
        emails = [f"ann@silent{number}.example" for number in range(100)]
        self.dns.answers.update({email.partition("@")[2]: SILENT for email in emails})
        self.env["mailing.contact"].create([{"email": email} for email in emails])
        self.check()
        self.assertEqual(len(self.dns.asked), 100)
        self.assertEqual(self.addresses.search_count([("validity_reason", "=", "no_answer")]), 100)
