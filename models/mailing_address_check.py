"""In the background: addresses are checked when they are new, when a list asks for it, and when that is long ago."""

import functools
import time

from odoo import api, models
from odoo.tools import SQL

from ..adapters.postgres import array
from ..core.validity import is_too_long
from .mailing_queue.table import READ_COMMITTED  # the lanes' plans are for looking up a few, not for whole lists

BATCH = 1000
RUN_SECONDS = 20
CRON = "bulk_mailing.ir_cron_check_addresses"


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    @api.model
    def _trigger_check(self):
        """Check soon."""
        cron = self.env.ref(CRON, raise_if_not_found=False)  # a database that is being built has none
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _cron_check(self, dns=None):
        """A slice of the work; comes back at once while there is more."""
        ends, queue = time.monotonic() + RUN_SECONDS, self.env["mailing.queue"]
        dns = dns or self.env["mailing.recipient.domain"]._dns()
        familiar_domains = functools.cache(self._familiar_domains)
        with queue._short_transaction(READ_COMMITTED):
            self.env["mailing.address.noted"]._take()
            self.env["mailing.list"]._note_running_checks()
        while emails := self._due():
            with queue._short_transaction(READ_COMMITTED):
                self._check_emails(emails, dns, familiar_domains)
            if time.monotonic() > ends:
                self._trigger_check()
                break
        with queue._short_transaction(READ_COMMITTED):
            self.env["mailing.list"]._finish_checks()

    @api.model
    def _due(self):
        """The next addresses to check, the most urgent first."""
        query = SQL(
            "SELECT email FROM mailing_address WHERE check_at <= now() AT TIME ZONE 'UTC' ORDER BY check_at LIMIT %s",
            BATCH,
        )
        return [email for [email] in self.env.execute_query(query)]

    @api.model
    def _add_to_check(self, emails, is_new=False):
        """Let addresses be checked that were not lately; `is_new`: before all that wait already."""
        # what is too long for an address may be too long for an index, too, and the others would never be checked
        keys, others = self._spellings(email for email in emails if not is_too_long(email))
        asked = SQL("unnest(%s::text[], %s::text[]) AS asked(email, other)", array(keys), array(others))
        # who has just been typed in goes before a list of a million
        at = SQL("now() AT TIME ZONE 'UTC' - %s * interval '1 year'", int(is_new))
        self.env.cr.execute(
            SQL(
                """
                %s ON CONFLICT (email) DO UPDATE SET check_at = EXCLUDED.check_at
                WHERE known.checked_at IS NULL
                   OR known.checked_at < now() AT TIME ZONE 'UTC' - interval '1 day'
                """,
                self._insert_sql(asked, check_at=at),
            )
        )
        self.invalidate_model()
