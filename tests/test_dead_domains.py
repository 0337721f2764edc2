"""Who is left out because of a dead domain comes back when it is mended, and keeps the sign until then."""

from unittest.mock import patch

from odoo.tests import tagged

from ..core.validity import DomainAnswer
from ..core.validity.typos import suggest_familiar
from ..models import mailing_address_check
from .test_address_validity import ValidityCase

MAIL, SILENT = DomainAnswer.MAIL_SERVER, DomainAnswer.NO_ANSWER


@tagged("post_install", "-at_install")
class TestDeadDomains(ValidityCase):
    def leave_out(self, *emails, days="90"):
        """The domains of these are dead on two days; the first of the addresses."""
        self.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", days)
        self.addresses._add_to_check(emails)
        self.check()
        self.wait(1)
        self.assertTrue(self.is_left_out(emails[0]))
        return self.known(emails[0])

    def wait(self, days):
        """So many days pass, and what is due is checked on each."""
        for _day in range(days):
            self.let_pass(hours=24)
            self.check()

    def is_left_out(self, email):
        """Whether mailings leave an address out."""
        return email in self.env["mailing.mailing"]._blocked([email])

    def test_mended_after_a_weekend(self):
        """A registration that lapsed and was renewed: mailed a day later, however seldom others are checked."""
        for days in ("90", "0"):
            with self.subTest(days=days):
                address = self.leave_out(f"ann@lapsed{days}.example", days=days)
                self.dns.answers[address.email_domain] = MAIL
                self.wait(1)
                self.assertEqual(self.verdict(address.email), ("valid", False))
                self.assertFalse(self.is_left_out(address.email))
                self.assertEqual(bool(address.check_at), days != "0")

    def test_mended_after_months(self):
        """Who has been dead for long is asked about once a week, and comes back within one, with 0 days, too."""
        for days in ("90", "0"):
            with self.subTest(days=days):
                address = self.leave_out(f"ann@lapsed{days}.example", days=days)
                self.wait(7)
                self.dns.asked.clear()
                self.wait(8 * 7)
                self.assertEqual(self.dns.asked, [address.email_domain] * 8)
                self.dns.answers[address.email_domain] = MAIL
                self.wait(7)
                self.assertFalse(self.is_left_out(address.email))

    def test_silence_keeps_the_sign(self):
        """Name servers that fall silent bring nobody back, and whoever looks reads why; the next day they are asked."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@gmial.com"}).with_context(lang="en_US")
        address = self.leave_out("ann@gmial.com")
        self.dns.answers["gmial.com"] = SILENT
        self.wait(30)
        self.assertEqual(self.verdict("ann@gmial.com"), ("invalid", "no_domain"))
        self.assertTrue(self.is_left_out("ann@gmial.com"))
        self.assertEqual(partner.email_problem, "Not mailed: the domain does not exist. Did you mean ann@gmail.com?")
        not_valid = [("id", "=", partner.id), ("email_validity", "=", "invalid")]
        self.assertEqual(partner.search(not_valid), partner)
        self.dns.answers["gmial.com"] = MAIL
        self.wait(1)
        self.assertFalse(address.is_unreachable)
        self.assertEqual(self.verdict("ann@gmial.com"), ("risky", "typo"))

    def test_one_question_for_all(self):
        """However many have their mail at a dead domain, it is asked about, and compared, once each time."""
        self.leave_out(*(f"ann{number}@dead.example" for number in range(30)))
        self.dns.asked.clear()
        compared = suggest_familiar.cache_info().misses
        familiar = patch.object(
            type(self.addresses), "_familiar_domains", autospec=True, return_value=("example.org", "example.net")
        )
        with patch.object(mailing_address_check, "BATCH", 10), familiar as counted:
            self.wait(1)
        self.assertEqual(self.dns.asked, ["dead.example"])
        self.assertEqual(counted.call_count, 1)
        self.assertEqual(suggest_familiar.cache_info().misses - compared, 1)
        self.assertEqual(self.addresses.search_count([("check_at", ">", "now"), ("is_unreachable", "=", True)]), 30)
