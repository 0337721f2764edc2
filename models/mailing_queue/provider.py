"""At which provider a recipient has his mail."""

from odoo import models
from odoo.tools import SQL

# Ten times as fast as a regular expression; who writes "a@b"@example.org has an unknown domain
DOMAIN_OF_EMAIL = SQL("split_part(email, '@', 2)")


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _provider_sql(self, domain):
        """The provider of a recipient's domain (SQL of its name, lower case), as SQL: one look-up in an index.

        Who has a domain that nobody knows yet belongs to "all others" until the DNS has been asked.
        """
        choices = [SQL("(SELECT d.provider_id FROM mailing_provider_domain d WHERE d.domain = %s)", domain)]
        choices += self._pattern_sql(domain)
        rest = self.env["mailing.provider.limit"]._of_everybody_else()
        return SQL("COALESCE(%s, %s)", SQL(", ").join(choices), rest.id or SQL("NULL::int"))

    def _provider_of_email_sql(self):
        """The provider of the address in the column `email` (normalised, so in lower case), as SQL."""
        return self._provider_sql(DOMAIN_OF_EMAIL)

    def _pattern_sql(self, domain):
        """What patterns such as *.example.com say; nothing where there are none."""
        cases = [
            SQL("WHEN %s LIKE %s THEN %s", domain, pattern.replace("_", r"\_").replace("*", "%", 1), provider.id)
            for provider in self.env["mailing.provider.limit"].sudo().search([])
            for pattern in provider._domain_patterns()
            if pattern.startswith("*")
        ]
        return [SQL("CASE %s END", SQL(" ").join(cases))] if cases else []

    def _trigger_lanes(self):
        # whoever was put into the queue may have a domain that nobody knows yet
        self.env["mailing.provider.domain"].sudo()._trigger()
        return super()._trigger_lanes()
