"""Deleting addresses from the database: from every record, from the list of addresses, and from what was sent."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.postgres import array
from .mailing_address_deleted import OPTED_OUT


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    blocked_reason = fields.Selection(selection_add=[(OPTED_OUT, "Unsubscribed, and was deleted")])

    def _delete_everywhere(self):
        """Delete these addresses where the person may; how many records changed and were kept, and addresses in use.

        What stays somewhere stays known here as well, so that it stays blocked there.
        """
        self.env["mailing.mailing"]._check_may_send()
        self.check_access("read")
        self._lock_several()
        left = self._who_left()
        changed, kept = self._replace_everywhere()
        in_use = self._in_use()
        gone = self - in_use
        opted_out = self._forgotten_by(left)
        # sudo: what the server keeps nobody may write; the person's rights have decided what goes
        self.env["mailing.address.deleted"].sudo()._keep(gone | opted_out, opted_out)
        (in_use & opted_out)._block_opted_out()
        gone._delete_from_traces()
        self.sudo().search([("corrected_to", "in", list(gone._spelled()))]).corrected_to = False
        self.env["mailing.address.noted"].sudo()._forget(gone._spelled())
        gone.sudo().unlink()
        return changed, kept, len(in_use)

    def _who_left(self):
        """`{mailing contact: address}` of those that left a list; who is on the exclusion list stays there."""
        spelled = self._spelled()
        domain = [("opt_out", "=", True), ("contact_id.email_normalized", "in", list(spelled))]
        # sudo: a wish holds, whoever deletes the address
        contacts = self.env["mailing.subscription"].sudo().search(domain).contact_id
        return {contact: spelled[contact.email_normalized] for contact in contacts}

    def _forgotten_by(self, left):
        """Those of which a contact had left a list, and has the address no more: nothing there knows of it now."""
        spelled = self._spelled()
        return self.browse().union(
            *(address for contact, address in left.items() if spelled.get(contact.email_normalized) != address)
        )

    def _block_opted_out(self):
        """What stays in use is mailed no more: neither what waits for it nor an import may ask a list that forgot."""
        now = fields.Datetime.now()
        if rows := [(known.email, known.other_spelling or None, OPTED_OUT, now) for known in self.sorted("email")]:
            self._block_as(rows)

    def _delete_from_traces(self):
        """Numbers stay; to whom a mail went is gone, and so are the servers' answers, which name the address."""
        self.env["mailing.trace"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE mailing_trace
                SET email = NULL, recipient_key = NULL, smtp_reply = NULL, failure_reason = NULL, message_id = NULL
                WHERE email = ANY(%s)
                """,
                array(self._spelled()),
            )
        )
        self.env["mailing.trace"].invalidate_model()

    @api.model
    def _block_as(self, rows):
        """Block addresses for the reasons they had: rows of address, other spelling, reason and moment."""
        self.flush_model()
        columns = SQL("%s::text[], %s::text[], %s::text[], %s::timestamp[]", *map(array, zip(*rows, strict=True)))
        deleted = SQL("unnest(%s) AS deleted(email, other, reason, at)", columns)
        self.env.cr.execute(
            SQL(
                """
                %s ON CONFLICT (email) DO UPDATE SET
                    is_blocked = TRUE, blocked_reason = EXCLUDED.blocked_reason, blocked_at = EXCLUDED.blocked_at
                WHERE NOT known.is_blocked
                """,
                self._insert_sql(deleted, is_blocked=True, blocked_reason=SQL("reason"), blocked_at=SQL("at")),
            )
        )
        self.invalidate_model()

    def action_clear_bounces(self):
        """Who unsubscribed and was deleted stays blocked, and the screen says so: it revives no consent."""
        had = self.filtered(lambda known: known.is_blocked or known.hard_bounce_count or known.soft_bounce_count)
        cleared = self.filtered(lambda address: address.blocked_reason != OPTED_OUT)
        super(MailingAddress, cleared).action_clear_bounces()
        emails, deleted = cleared.mapped("email"), self.env["mailing.address.deleted"]
        deleted._forget(emails)
        # of whom something came back before the address did: the bounce hid that they had unsubscribed
        deleted._block_again(emails)
        stay = self.filtered(lambda address: address.blocked_reason == OPTED_OUT)
        count = len(had - stay)
        if not stay:
            return self._tell(self.env._("Cleared: %(count)d.", count=count))
        words = self.env._(
            "Cleared: %(cleared)d. Still blocked, as they unsubscribed: %(stay)d.", cleared=count, stay=len(stay)
        )
        return self._tell(words, is_sticky=True)
