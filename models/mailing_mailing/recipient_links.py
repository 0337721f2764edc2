"""The addresses that belong to one recipient: to leave, to read in the browser, to be counted."""

import re
from urllib.parse import quote_plus

from odoo import models
from odoo.tools import email_normalize

from ...core import tokens
from ...core.content import Template, links

OPEN_SCOPE = "bulk_mailing-open"
UNSUBSCRIBE_SCOPE = "bulk_mailing-unsubscribe"

_NEEDS_NO_QUOTING = re.compile(r"[\w.-]+@[\w.-]+", re.ASCII).fullmatch


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _recipient_links(self):
        """The links of one recipient as templates; empty where opens are not counted, or no mail can ask to leave.

        The same links as stock's `_get_unsubscribe_url` and its kin, which ask for secret and host each time.
        """
        self.ensure_one()
        base_url, mailbox = self.get_base_url().rstrip("/"), self._unsubscribe_mailbox()
        return {
            "unsubscribe_url": links.recipient_page(base_url, self.id, "confirm_unsubscribe"),
            "one_click_url": links.recipient_page(base_url, self.id, "unsubscribe_oneclick"),
            "view_url": links.recipient_page(base_url, self.id, "view"),
            "open_url": links.open_picture(base_url) if self.track_opens else Template(),
            "unsubscribe_mailto": links.unsubscribe_mailto(mailbox) if mailbox else Template(),
        }

    def _recipient_link_values(self):
        """The function that makes what fills those templates, from a dict with `trace_id`, `res_id` and `email`."""
        self.ensure_one()
        key = self._token_key()
        token = tokens.recipient_tokens(key, self.env.cr.dbname, self.id)
        unsubscribe = tokens.trace_signatures(key, UNSUBSCRIBE_SCOPE)
        opened = tokens.trace_signatures(key, OPEN_SCOPE) if self.track_opens else lambda _trace_id: ""

        def values_of(row):
            trace_id, res_id, email = row["trace_id"], row["res_id"], row["email"]
            return {
                "recipient.trace_id": str(trace_id),
                "recipient.res_id": str(res_id),
                "recipient.quoted_email": _quoted(email),
                "recipient.token": token(res_id, email),
                "recipient.open_signature": opened(trace_id),
                "recipient.unsubscribe_signature": unsubscribe(trace_id),
            }

        return values_of

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


def _quoted(email):
    return email.replace("@", "%40") if _NEEDS_NO_QUOTING(email) else quote_plus(email)
