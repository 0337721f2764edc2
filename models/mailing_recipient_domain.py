"""What the DNS says of the domains of addresses, asked once for all who have their mail there."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.dns import DnsMailDomains, ask_all, read_nameservers
from ..adapters.postgres import array
from ..core.validity import DomainAnswer

NAMESERVERS = "bulk_mailing.nameservers"
KEPT_DAYS = 400
# how long an answer is believed: a domain that is dead may be mended soon, and one that is silent sooner
FRESH_HOURS = dict.fromkeys(DomainAnswer, 24 * 14) | {answer: 12 for answer in DomainAnswer if answer.is_dead}
FRESH_HOURS[DomainAnswer.NO_ANSWER] = 0.25
# silent ones are waited for, twenty at a time: Odoo ends a job that takes two minutes
ASKED_AT_ONCE = 80
# "on another day": a night with a broken name server is one
APART_HOURS = 20


class MailingRecipientDomain(models.Model):
    _name = "mailing.recipient.domain"
    _description = "Domain of recipients, and what the DNS says of it"
    _rec_name = "domain"
    _log_access = False  # written by SQL only

    domain = fields.Char(required=True, readonly=True)
    answer = fields.Char(required=True, readonly=True, help="A word of core/validity/domain_answer.py.")
    asked_at = fields.Datetime(required=True, readonly=True)
    dead_since = fields.Datetime(readonly=True, help="The first of the answers in a row that no mail reaches it.")

    _domain_uniq = models.UniqueIndex("(domain)")

    @api.model
    def _dns(self, **options):
        """Who is asked: the name servers of the settings, or those of this machine."""
        nameservers = self.env["ir.config_parameter"].sudo().get_param(NAMESERVERS)
        return DnsMailDomains(read_nameservers(nameservers or ""), **options)

    @api.model
    def _known(self, names):
        """`{domain: answer}` of those that were asked about lately."""
        query = SQL(
            """
            SELECT d.domain, d.answer FROM mailing_recipient_domain d
            JOIN unnest(%s::text[], %s::float[]) AS fresh(answer, hours) ON fresh.answer = d.answer
            WHERE d.domain = ANY(%s::text[])
              AND d.asked_at > now() AT TIME ZONE 'UTC' - fresh.hours * interval '1 hour'
            """,
            array(FRESH_HOURS),
            array(FRESH_HOURS.values()),
            array(names),
        )
        return {domain: DomainAnswer(answer) for domain, answer in self.env.execute_query(query)}

    @api.model
    def _ask(self, names, dns=None):
        """`{domain: answer}` of those that are known, and of some of the others, which are asked about, and kept."""
        known = self._known(names)
        asked = ask_all(dns or self._dns(), sorted(set(names) - known.keys())[:ASKED_AT_ONCE])
        self._keep(asked)
        return known | asked

    @api.model
    def _answers_now(self, names, patience):
        """`{domain: answer}` of all, for somebody who waits: asked all at once, so many seconds in all."""
        domains = self.sudo()  # a visitor may read none of this
        known = domains._known(names)
        asked = ask_all(domains._dns(patience=patience), set(names) - known.keys())
        # silence alone is kept, so that nobody waits for it again: who invents domains cannot fill the table
        silent = {name: answer for name, answer in asked.items() if answer is DomainAnswer.NO_ANSWER}
        if silent:
            domains._keep(silent)
        return known | asked

    @api.model
    def _keep(self, answers):
        """Write answers down; silence says nothing about how long a domain has been dead."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mailing_recipient_domain AS known (domain, answer, asked_at, dead_since)
                SELECT domain, answer, %(now)s, CASE WHEN answer = ANY(%(dead)s::text[]) THEN %(now)s END
                FROM unnest(%(domains)s::text[], %(answers)s::text[]) AS asked(domain, answer) ORDER BY domain
                ON CONFLICT (domain) DO UPDATE SET answer = EXCLUDED.answer, asked_at = EXCLUDED.asked_at,
                    dead_since = CASE
                        WHEN EXCLUDED.answer = %(silent)s THEN known.dead_since
                        WHEN EXCLUDED.dead_since IS NOT NULL
                            THEN COALESCE(known.dead_since, EXCLUDED.dead_since) END
                """,
                now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
                dead=array(answer for answer in DomainAnswer if answer.is_dead),
                silent=DomainAnswer.NO_ANSWER,
                domains=array(answers),
                answers=array(answers.values()),
            )
        )
        self.invalidate_model()

    @api.model
    def _dead_for_certain(self, names):
        """`{domain: for how long}` of those that the DNS called dead on two days, and nothing else between."""
        query = SQL(
            """
            SELECT domain, asked_at - dead_since FROM mailing_recipient_domain WHERE domain = ANY(%s::text[])
              AND answer = ANY(%s::text[]) AND asked_at - dead_since >= %s * interval '1 hour'
            """,
            array(names),
            array(answer for answer in DomainAnswer if answer.is_dead),
            APART_HOURS,
        )
        return dict(self.env.execute_query(query))

    @api.autovacuum
    def _gc_domains(self):
        """Domains that nobody was checked in for a year are forgotten, and after a day those that were only silent."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM mailing_recipient_domain WHERE asked_at < now() AT TIME ZONE 'UTC' - interval '1 day'
                    * CASE WHEN answer = %s AND dead_since IS NULL THEN 1 ELSE %s END
                """,
                DomainAnswer.NO_ANSWER,
                KEPT_DAYS,
            )
        )
