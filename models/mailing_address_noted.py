"""Addresses that were saved somewhere and are to be checked: a heap of notes that no saving waits for."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.postgres import array

NOTES = "bulk_mailing.noted_addresses"


class MailingAddressNoted(models.Model):
    _name = "mailing.address.noted"
    _description = "Address to be checked"
    # Written by SQL only, and without a unique index: two imports of the same address do not wait for each other
    _log_access = False

    email = fields.Char(required=True, readonly=True)

    @api.model
    def _note(self, emails):
        """Remember normalised addresses to be checked; they are written once, just before the transaction commits."""
        notes = self.env.cr.precommit.data.setdefault(NOTES, set())
        if not notes:
            self.env.cr.precommit.add(self.sudo()._write_notes)  # whoever saves an address may not write here
        notes.update(email for email in emails if email)

    def _write_notes(self):
        emails = self.env.cr.precommit.data.pop(NOTES, None)
        if not emails:
            return
        query = "INSERT INTO mailing_address_noted (email) SELECT unnest(%s::text[])"
        self.env.cr.execute(SQL(query, array(emails)))
        self.env["mailing.address"]._trigger_check()
        self.env.flush_all()

    @api.model
    def _forget(self, emails):
        """These are not checked: to check them would write down what has been deleted."""
        self.search([("email", "in", list(emails))]).unlink()

    @api.model
    def _take(self):
        """Move the notes to the addresses, the newest before all others; returns how many there were."""
        self.env.cr.execute("DELETE FROM mailing_address_noted RETURNING email")
        emails = {email for [email] in self.env.cr.fetchall()}
        self.env["mailing.address"]._add_to_check(emails, is_new=True)
        return len(emails)
