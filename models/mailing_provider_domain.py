"""At which provider a domain has its mail: the domains that limits name, and those that the DNS was asked about."""

import time

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.dns import DnsMailServers, of_all
from ..core.addresses import BadAddress, domain_to_ascii
from ..core.pacing.patterns import first_match
from .mailing_queue.provider import DOMAIN_OF_EMAIL

KEPT_DAYS = 30
AGAIN_MINUTES = 15
BATCH = 200
RUN_SECONDS = 20


class MailingProviderDomain(models.Model):
    _name = "mailing.provider.domain"
    _description = "Domain and the provider that receives its mail"
    _rec_name = "domain"
    _log_access = False

    domain = fields.Char(required=True, readonly=True)
    provider_id = fields.Many2one("mailing.provider.limit", ondelete="cascade", readonly=True)
    is_named = fields.Boolean("Named by the provider's limit", readonly=True)
    checked_at = fields.Datetime("The DNS was asked", readonly=True)
    look_up_at = fields.Datetime("The DNS will be asked", readonly=True)

    _domain_uniq = models.UniqueIndex("(domain)")
    _look_up_idx = models.Index("(look_up_at) WHERE look_up_at IS NOT NULL")

    # ------------------------------------------------------------
    # The domains that limits name
    # ------------------------------------------------------------

    def _name_domains(self):
        """After a change of the patterns: the domains they name; the DNS is asked anew about the others."""
        self.env.cr.execute("DELETE FROM mailing_provider_domain")
        self.invalidate_model()
        named = {}
        for provider in self.env["mailing.provider.limit"].search([]):
            for domain in provider._domain_names():
                named.setdefault(domain, provider.id)
        self.create(
            [{"domain": domain, "provider_id": provider_id, "is_named": True} for domain, provider_id in named.items()]
        )
        self.env["mailing.pace"].search([("domains_noted_until", ">", 0)]).domains_noted_until = 0
        self._trigger()

    # ------------------------------------------------------------
    # In the background: ask the DNS
    # ------------------------------------------------------------

    def _trigger(self):
        """Look soon at the domains of those who wait."""
        self.env.ref("bulk_mailing.ir_cron_find_providers").sudo()._trigger()

    def _cron_find_providers(self, servers=None):
        """Find the providers of those who wait; sending never waits for that."""
        servers, ends = servers or DnsMailServers(), time.monotonic() + RUN_SECONDS
        queue = self.env["mailing.queue"]
        with queue._short_transaction():
            self._note_domains()
        while domains := self._to_look_up():
            found = self._find(domains, servers)
            with queue._short_transaction():
                self._keep_found(found)
            if time.monotonic() > ends:
                self._trigger()
                break
        with queue._short_transaction():
            self._assign_waiting()

    def _note_domains(self):
        """Note the domains of recipients who were put into the queue since the last time."""
        for mailing in self.env["mailing.queue"]._mailings_in_flight():
            self.env["mailing.pace"]._begin(mailing.id, None)
            self.env.cr.execute(
                SQL(
                    """
                    WITH pace AS (
                        SELECT id, COALESCE(domains_noted_until, 0) AS until FROM mailing_pace WHERE mailing_id = %(id)s
                    ), fresh AS (
                        SELECT %(domain)s AS domain, max(q.id) AS until FROM mailing_queue q
                        WHERE q.mailing_id = %(id)s AND q.id > (SELECT until FROM pace) GROUP BY 1
                    ), noted AS (
                        INSERT INTO mailing_provider_domain (domain, look_up_at)
                        SELECT domain, now() AT TIME ZONE 'UTC' FROM fresh ON CONFLICT DO NOTHING
                    )
                    UPDATE mailing_pace p SET domains_noted_until = n.until
                    FROM (SELECT max(until) AS until FROM fresh) n, pace WHERE p.id = pace.id AND n.until > 0
                    """,
                    id=mailing.id,
                    domain=DOMAIN_OF_EMAIL,
                )
            )
        self.env.invalidate_all()

    def _to_look_up(self):
        query = SQL(
            """
            SELECT domain FROM mailing_provider_domain WHERE look_up_at <= now() AT TIME ZONE 'UTC'
            ORDER BY look_up_at LIMIT %s
            """,
            BATCH,
        )
        return [domain for [domain] in self.env.execute_query(query)]

    def _find(self, domains, servers):
        """The provider of each domain (None: none that we know), as pairs; without those to be asked about later."""
        providers = self.env["mailing.provider.limit"].search([])
        by_name = [(provider.id, provider._domain_patterns()) for provider in providers]
        by_server = [(provider.id, provider._server_patterns()) for provider in providers]
        names = {domain: self._ascii(domain) for domain in domains}
        found = {domain: first_match([name], by_name) for domain, name in names.items() if name}
        asked = {names[domain] for domain, provider_id in found.items() if not provider_id}
        hosts = of_all(servers, asked)
        for domain, name in names.items():
            if name in asked and hosts[name] is not None:
                found[domain] = first_match(hosts[name], by_server)
        unanswered = {domain for domain, name in names.items() if name in asked and hosts[name] is None}
        return [(domain, found.get(domain), domain not in unanswered) for domain in domains]

    def _ascii(self, domain):
        try:
            return domain_to_ascii(domain)
        except BadAddress:
            return None

    def _keep_found(self, found):
        """Write down triples of domain, provider and whether the DNS answered."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE mailing_provider_domain d SET
                    provider_id = f.provider_id,
                    checked_at = CASE WHEN f.is_known THEN now() AT TIME ZONE 'UTC' ELSE d.checked_at END,
                    look_up_at = CASE WHEN NOT f.is_known
                        THEN now() AT TIME ZONE 'UTC' + %s * interval '1 minute' END
                FROM unnest(%s::text[], %s::int[], %s::bool[]) AS f(domain, provider_id, is_known)
                WHERE d.domain = f.domain
                """,
                AGAIN_MINUTES,
                *(list(column) for column in zip(*found, strict=True)),
            )
        )
        self.env.invalidate_all()

    def _assign_waiting(self):
        """Give those who wait the provider that is known by now; whom a lane has at this moment keeps his."""
        self.env.cr.execute(
            SQL(
                """
                WITH moved AS (
                    SELECT q.id, d.provider_id FROM mailing_queue q
                    JOIN mailing_provider_domain d ON d.domain = %s
                    WHERE q.claimed_by IS NULL AND d.provider_id IS NOT NULL
                      AND q.provider_id IS DISTINCT FROM d.provider_id
                    FOR UPDATE OF q SKIP LOCKED
                )
                UPDATE mailing_queue q SET provider_id = moved.provider_id FROM moved WHERE q.id = moved.id
                """,
                DOMAIN_OF_EMAIL,
            )
        )
        self.env.invalidate_all()

    @api.autovacuum
    def _gc_domains(self):
        """Domains move: what the DNS said is forgotten after a month."""
        self.env.cr.execute(
            "DELETE FROM mailing_provider_domain WHERE checked_at < now() AT TIME ZONE 'UTC' - %s * interval '1 day'",
            [KEPT_DAYS],
        )
