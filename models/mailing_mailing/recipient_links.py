"""The addresses that belong to one recipient: to leave, to read in the browser, to be counted."""

from urllib.parse import quote, urlencode

from odoo import models
from odoo.tools import email_normalize
from odoo.tools.urls import urljoin

from ...core import tokens

OPEN_SCOPE = "bulk_mailing-open"
UNSUBSCRIBE_SCOPE = "bulk_mailing-unsubscribe"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _recipient_links(self, rows):
        """The links of many recipients of one mailing, asking the database once for the whole batch.

        `rows` are dicts with `trace_id`, `res_id` and `email`. The result maps each trace id to a dict with
        `unsubscribe_url`, `one_click_url`, `view_url`, `open_url` (empty where opens are not counted) and
        `unsubscribe_mailto` (without the scheme; empty where we have no address to receive it).
        Same links as stock's `_get_unsubscribe_url` and its kin, which ask for secret and host each time.
        """
        self.ensure_one()
        key, base_url = self._token_key(), self.get_base_url()
        mailbox = self._unsubscribe_mailbox()
        return {row["trace_id"]: self._links_of(row, key, base_url, mailbox) for row in rows}

    def _links_of(self, row, key, base_url, mailbox):
        trace_id, res_id, email = row["trace_id"], row["res_id"], row["email"]
        token = tokens.recipient_token(key, self.env.cr.dbname, self.id, res_id, email)
        query = urlencode({"document_id": res_id, "email": email, "hash_token": token})
        prefix = urljoin(base_url, f"mailing/{self.id}")
        return {
            "unsubscribe_url": f"{prefix}/confirm_unsubscribe?{query}",
            "one_click_url": f"{prefix}/unsubscribe_oneclick?{query}",
            "view_url": f"{prefix}/view?{query}",
            "open_url": self._open_url(trace_id, key, base_url) if self.track_opens else "",
            "unsubscribe_mailto": self._unsubscribe_mailto(trace_id, key, mailbox) if mailbox else "",
        }

    def _open_url(self, trace_id, key=None, base_url=None):
        """The address of the invisible picture of one recipient."""
        signature = tokens.trace_signature(key or self._token_key(), OPEN_SCOPE, trace_id)
        return urljoin(base_url or self.get_base_url(), f"mailing/t/{trace_id}/{signature}.gif")

    def _unsubscribe_mailto(self, trace_id, key=None, mailbox=None):
        """Address and subject of the mail by which one recipient leaves, as RFC 6068 writes them."""
        signature = tokens.trace_signature(key or self._token_key(), UNSUBSCRIBE_SCOPE, trace_id)
        subject = tokens.unsubscribe_subject(trace_id, signature)
        return f"{quote(mailbox or self._unsubscribe_mailbox(), safe='@')}?subject={subject}"

    def _unsubscribe_mailbox(self):
        """Where mail that asks to leave arrives: an address that Odoo reads, or else where people read answers."""
        company = self._bulk_company().sudo()
        fetched = self.env["fetchmail.server"].sudo().search([("user", "like", "@")], limit=1).user
        candidates = [company.alias_domain_id.catchall_email, fetched, self.reply_to, self.email_from]
        return next(filter(None, (email_normalize(candidate or "") for candidate in candidates)), "")

    def _bulk_company(self):
        """Whose settings hold: a mailing has no company, but the person who sends it has."""
        return (self.sender_user_id or self.user_id).company_id or self.env.company

    def _token_key(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.secret").encode()
