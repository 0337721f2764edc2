"""Addresses that were deleted from the database and stay blocked: a keyed hash knows them when they come back."""

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ..adapters.postgres import array
from ..core.fingerprint import fingerprint

OPTED_OUT = "opted_out"


class MailingAddressDeleted(models.Model):
    _name = "mailing.address.deleted"
    _description = "Deleted Address That Stays Blocked"
    _rec_name = "fingerprint"
    _log_access = False  # who deleted whom is told nowhere

    fingerprint = fields.Char(required=True, readonly=True, help="HMAC of the address; the key is this database's own.")
    blocked_reason = fields.Char(required=True, readonly=True)
    blocked_at = fields.Datetime(readonly=True)

    _fingerprint_uniq = models.UniqueIndex("(fingerprint)", "An address is deleted once.")

    @api.model
    def _fingerprint(self, email):
        return fingerprint(self.env["mailing.mailing"]._token_key(), email)

    @api.model
    @tools.ormcache()
    def _is_any(self):
        # asked at each change of an address of whoever
        return bool(self.sudo().search_count([], limit=1))

    @api.model
    def _keep(self, addresses, opted_out):
        """Note these addresses, which are about to go; those that neither bounced nor opted out may come back."""
        rows = []
        for address in addresses:
            reason = OPTED_OUT if address in opted_out else address.is_blocked and address.blocked_reason
            if reason:
                rows.append((self._fingerprint(address.email), reason, address.blocked_at or fields.Datetime.now()))
        if rows:
            self._write_marks(rows)

    @api.model
    def _keep_leaving(self, email):
        """Note an address that was deleted, and leaves a list only now; where another record has it, it is blocked."""
        mark = self._fingerprint(self.env["mailing.address"]._key(email))
        self._write_marks([(mark, OPTED_OUT, fields.Datetime.now())])
        if any(self.env["mail.thread"]._records_with([email_normalize(email)])):
            self._block_again([email])

    def _write_marks(self, rows):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mailing_address_deleted (fingerprint, blocked_reason, blocked_at)
                SELECT * FROM unnest(%s::text[], %s::text[], %s::timestamp[])
                ON CONFLICT (fingerprint) DO UPDATE SET blocked_reason = EXCLUDED.blocked_reason
                WHERE mailing_address_deleted.blocked_reason != %s
                """,
                *map(array, zip(*rows, strict=True)),
                OPTED_OUT,
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model()
            self.env.registry.clear_cache()

    @api.model
    def _block_again(self, emails):
        """Block those of the addresses that were deleted while they were blocked."""
        if not self._is_any():
            return
        keys, others = self.env["mailing.address"]._spellings(email for email in emails if email)
        deleted = {self._fingerprint(key): (key, other) for key, other in zip(keys, others, strict=True)}
        # sudo: whoever types or imports an address reads nothing here
        found = self.sudo().search([("fingerprint", "in", list(deleted))])
        rows = sorted((*deleted[row.fingerprint], row.blocked_reason, row.blocked_at) for row in found)
        if rows:
            self.env["mailing.address"]._block_as(rows)

    @api.model
    def _marked(self, emails, *domain):
        """Those of the addresses that were deleted while they were blocked, or after they had left a list."""
        if not self._is_any():
            return set()
        key = self.env["mailing.address"]._key
        marks = {email: self._fingerprint(key(email)) for email in emails if email}
        # sudo: a mark tells nobody whose it is, but to whoever has the address
        found = set(self.sudo().search([("fingerprint", "in", list(marks.values())), *domain]).mapped("fingerprint"))
        return {email for email, mark in marks.items() if mark in found}

    @api.model
    def _opted_out(self, emails):
        """Those of the addresses that were deleted after they had left a list, whatever else they are blocked for."""
        return self._marked(emails, ("blocked_reason", "=", OPTED_OUT))

    @api.model
    def _gone(self, emails):
        """Those of the addresses that were deleted, are recognised, and have not come back."""
        marked = self._marked(emails)
        return marked - set(self.env["mailing.address"].sudo()._known(marked)) if marked else marked

    @api.model
    def _let_back(self, email):
        """The person subscribes again, and has proved who it is: that they had left a list holds no longer."""
        address = self.env["mailing.address"]
        mark = Domain("fingerprint", "=", self._fingerprint(address._key(email)))
        # sudo: whoever has the link of their own mail is nobody here
        if marked := self.sudo().search(mark & Domain("blocked_reason", "=", OPTED_OUT)):
            marked.unlink()
            self.env.registry.clear_cache()
        known = address.sudo()._known([email]).get(email, address)
        known.filtered(lambda known: known.blocked_reason == OPTED_OUT).sudo().write(
            {"is_blocked": False, "blocked_reason": False, "blocked_at": False}
        )

    @api.model
    def _forget(self, emails):
        """Somebody lifts the block: it does not come back, unless the address had opted out."""
        marks = [self._fingerprint(email) for email in emails] if self._is_any() else []
        domain = [("fingerprint", "in", marks), ("blocked_reason", "!=", OPTED_OUT)]
        if found := self.sudo().search(domain) if marks else None:
            found.unlink()
            self.env.registry.clear_cache()
