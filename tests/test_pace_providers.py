"""At which provider a recipient has his mail: by his domain, or by the mail servers that the DNS names."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..adapters.dns import DnsMailServers, FakeMailServers
from .dns_server import DnsServer
from .pace_case import PaceCase


@tagged("post_install", "-at_install")
class TestPaceProviders(PaceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.write({"domains": "example.org\n*.example.net", "mail_servers": "*.example.com"})
        cls.others = cls.env.ref("bulk_mailing.provider_others")
        cls.domains = cls.env["mailing.provider.domain"]

    def provider_of(self, domain):
        """What the enqueue would write."""
        self.env.flush_all()
        [[provider_id]] = self.env.execute_query(SQL("SELECT %s", self.queue._provider_sql(SQL("%s::text", domain))))
        return self.env["mailing.provider.limit"].browse(provider_id)

    def wait_for(self, *domains):
        """A mailing to one reader in each of these domains, all of them with "all others"; returns its rows."""
        self.make_contacts(*(f"ann@{domain}" for domain in domains))
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        rows = self.rows(self.mailing)
        rows.provider_id = self.others
        self.env.flush_all()
        return rows

    def find(self, servers):
        """Run the background job; returns the providers of those who wait, by domain."""
        self.domains._cron_find_providers(servers)
        self.env.invalidate_all()
        return {row.email.partition("@")[2]: row.provider_id for row in self.rows(self.mailing)}

    def test_by_domain(self):
        """A named domain, one that ends so, and any other."""
        self.assertEqual(self.provider_of("example.org"), self.provider)
        self.assertEqual(self.provider_of("mail.example.net"), self.provider)
        self.assertEqual(self.provider_of("gmail.com"), self.env.ref("bulk_mailing.provider_google"))
        for other in ("example.net", "notexample.net", "mail.example.org"):
            self.assertEqual(self.provider_of(other), self.others)

    def test_at_the_enqueue(self):
        """Everybody is put into the queue with his provider, and again where he gets it again."""
        self.make_contacts("ann@example.org", "bob@acme.test")
        self.server.on("RCPT").reply("550 5.7.1 Not today")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        expected = {"ann@example.org": self.provider, "bob@acme.test": self.others}
        self.assertEqual({row.email: row.provider_id for row in self.rows(self.mailing)}, expected)
        self.run_lane()
        self.mailing.action_retry_failed()
        self.assertEqual({row.email: row.provider_id for row in self.rows(self.mailing)}, expected)

    def test_archived(self):
        """Who is archived gets nobody; without "all others" nobody's limits hold."""
        self.provider.active = False
        self.assertEqual(self.provider_of("example.org"), self.others)
        self.others.active = False
        self.assertFalse(self.provider_of("example.org"))

    def test_by_mail_server(self):
        """A company's own domain belongs to the provider whose servers its MX records name."""
        zones = {"acme.test": ["10 mx.example.com."], "other.test": ["10 mx.other.test."], "broken.test": "SERVFAIL"}
        self.wait_for("acme.test", "other.test", "broken.test", "nobody.test")
        with DnsServer(zones) as server:
            found = self.find(DnsMailServers([server.host], server.port, patience=0.3))
        self.assertEqual(found.pop("acme.test"), self.provider)
        self.assertEqual(set(found.values()), {self.others})
        self.assertEqual(self.provider_of("acme.test"), self.provider)

    def test_asked_once(self):
        """What the DNS said is known for the next mailing, and what it did not say is asked again later."""
        fake = FakeMailServers({"acme.test": ("mx.example.com",), "broken.test": None})
        self.wait_for("acme.test", "broken.test")
        self.find(fake)
        self.find(fake)
        self.assertEqual(sorted(fake.asked), ["acme.test", "broken.test"])
        self.domains.search([("domain", "=", "broken.test")]).look_up_at = "2020-01-01"
        fake.servers["broken.test"] = ("mx.example.com",)
        self.assertEqual(set(self.find(fake).values()), {self.provider})

    def test_foreign_domain(self):
        """A domain in its own letters is looked up as it stands in the DNS."""
        fake = FakeMailServers({"xn--mller-kva.de": ("mx.example.com",)})
        self.wait_for("müller.de")
        self.assertEqual(self.find(fake), {"müller.de": self.provider})

    def test_named_domains_need_no_dns(self):
        """The DNS is asked about nobody whose provider is known."""
        fake = FakeMailServers({})
        self.wait_for("example.org", "mail.example.net", "gmail.com")
        self.assertNotIn(self.others, self.find(fake).values())
        self.assertEqual(fake.asked, [])

    def test_changed_patterns(self):
        """New patterns count for those who wait, too."""
        fake = FakeMailServers({"acme.test": ("mx.other.test",)})
        self.wait_for("acme.test")
        self.assertEqual(self.find(fake), {"acme.test": self.others})
        self.provider.mail_servers = "*.other.test"
        self.assertEqual(self.find(fake), {"acme.test": self.provider})

    def test_forgotten_after_a_month(self):
        """Domains move to other providers; those that a limit names stay."""
        self.wait_for("acme.test")
        self.find(FakeMailServers({"acme.test": ("mx.example.com",)}))
        self.domains.search([("domain", "=", "acme.test")]).checked_at = "2020-01-01"
        self.env.flush_all()
        self.domains._gc_domains()
        self.assertEqual(self.provider_of("acme.test"), self.others)
        self.assertEqual(self.provider_of("example.org"), self.provider)

    def test_claimed_rows_stay(self):
        """Whom a lane has at this moment keeps his provider."""
        self.wait_for("acme.test").claimed_by = "lane"
        self.assertEqual(self.find(FakeMailServers({"acme.test": ("mx.example.com",)})), {"acme.test": self.others})

    def test_domain_of_two(self):
        """A domain belongs to one provider."""
        with self.assertRaisesRegex(ValidationError, "example.org belongs to Example"):
            self.env["mailing.provider.limit"].create({"name": "Twice", "domains": "example.org"})
