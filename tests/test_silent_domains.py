"""What is kept when visitors make us ask the DNS: silence, for a short while, and nothing else."""

from odoo.tests import TransactionCase, tagged

from ..adapters.dns import FakeMailDomains
from ..core.validity import DomainAnswer

MAIL, SILENT, DEAD = DomainAnswer.MAIL_SERVER, DomainAnswer.NO_ANSWER, DomainAnswer.DOES_NOT_EXIST


@tagged("post_install", "-at_install")
class TestSilentDomains(TransactionCase):
    def setUp(self):
        super().setUp()
        self.domains = self.env["mailing.recipient.domain"]
        self.dns = FakeMailDomains({"alive.example": MAIL, "silent.example": SILENT})
        self.patch(self.registry["mailing.recipient.domain"], "_dns", lambda model, **options: self.dns)

    def now(self, *names):
        """What somebody who waits is told."""
        return self.domains._answers_now(names, 2.0)

    def let_pass(self, hours):
        """So many hours pass."""
        self.env.cr.execute("UPDATE mailing_recipient_domain SET asked_at = asked_at - %s * interval '1 hour'", [hours])

    def test_silence_alone_is_kept(self):
        """Who invents domains fills no table; a silence says nothing about the domain, and is over soon."""
        names = ("alive.example", "invented.example", "silent.example")
        self.assertEqual(self.now(*names), dict(zip(names, (MAIL, DEAD, SILENT), strict=True)))
        self.assertEqual(self.domains._known(names), {"silent.example": SILENT})
        self.let_pass(hours=0.3)
        self.dns.answers["silent.example"] = MAIL
        self.assertEqual(self.now("silent.example"), {"silent.example": MAIL})

    def test_silence_forgets_no_death(self):
        """A domain that was dead and is silent has been dead since then."""
        self.domains._keep({"silent.example": DEAD})
        self.let_pass(hours=24)
        self.now("silent.example")
        self.assertTrue(self.domains.search([("domain", "=", "silent.example")]).dead_since)

    def test_forgotten(self):
        """A domain that was only ever silent is forgotten after a day, another after a year."""
        self.domains._keep({"silent.example": SILENT, "alive.example": MAIL})
        self.let_pass(hours=25)
        self.domains._gc_domains()
        self.assertEqual(self.domains.search([]).mapped("domain"), ["alive.example"])
        self.let_pass(hours=24 * 400)
        self.domains._gc_domains()
        self.assertFalse(self.domains.search([]))
