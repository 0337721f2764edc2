"""The headers of a mailing."""

import hashlib
import logging
from urllib.parse import urlsplit

from odoo import models
from odoo.tools.mail import email_split_tuples

from ...core.addresses import BadAddress, domain_to_ascii
from ...core.content import Hole, Mailbox, NotCompilable, Template, Token, Unstructured, Uris, parse_inline
from ...core.text import _

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_headers(self, subject, addresses, pages):
        """All headers but the MIME ones, in stock's order where stock has them; `addresses` as `_content_addresses`."""
        message_id = Template([Hole("recipient.message_id")])
        return (
            Token("Message-ID", message_id),
            # the first reference is what an answer still has when a provider replaces the Message-ID
            Token("References", message_id),
            Unstructured("Subject", subject),
            *(self._content_mailbox(name, value) for name, value in addresses.items()),
            Mailbox("To", Template([Hole("recipient.name")]), Template([Hole("recipient.email")])),
            Unstructured("Date", Template([Hole("date")])),
            Token("X-Odoo-Objects", Template([f"{self.mailing_model_real}-", Hole("recipient.res_id")])),
            *self._content_list_headers(pages),
        )

    def _content_list_headers(self, pages):
        """What mailbox providers ask of bulk mail (RFC 2369, 2919, 8058; Gmail's feedback loop)."""
        return (
            Uris("List-Unsubscribe", (pages["one_click_url"], pages["unsubscribe_mailto"])),
            Token("List-Unsubscribe-Post", Template(["List-Unsubscribe=One-Click"])),
            Token("List-ID", Template([self._content_list_id()])),
            Token("Precedence", Template(["bulk"])),
            Token("Feedback-ID", Template([self._content_feedback_id()])),
            # no out-of-office answers from MS Exchange; as stock
            Token("X-Auto-Response-Suppress", Template(["OOF"])),
        )

    def _content_addresses(self):
        """The headers that carry an address of ours, as strings."""
        return {"From": self._content_from(), "Reply-To": self.reply_to or self.email_from or ""}

    def _content_from(self):
        """The From header as the outgoing server lets it be."""
        try:
            return self._header_from_and_envelope().header_from
        except Exception:  # the lane meets the same trouble, and pauses the mailing with its reason
            _logger.info("Mailing %s has no way out yet", self.id, exc_info=True)
            return self.email_from or ""

    def _content_mailbox(self, name, value):
        """A header with one address of ours. Placeholders in it leave the mailing to Odoo's renderer."""
        text = parse_inline(value)
        if text.names:
            raise NotCompilable(_("“%(header)s” differs between recipients", header=name))
        (display_name, address), *_others = email_split_tuples(value) or [("", value)]
        return Mailbox(name, Template([display_name]), Template([address]))

    def _content_domain(self):
        """The domain that mails, in ASCII; where the sender has none that is valid, the host of our links."""
        address = next((address for _name, address in email_split_tuples(self.email_from or "")), "")
        try:
            return domain_to_ascii(address.rpartition("@")[2])
        except BadAddress:
            return urlsplit(self.get_base_url()).hostname

    def _content_list_id(self):
        """Names the audience, not the mailing: a reader's filter made today works for the next one (RFC 2919)."""
        lists = self.contact_list_ids if self.mailing_on_mailing_list else self.contact_list_ids.browse()
        label = f"list-{lists.id}" if len(lists) == 1 else self.mailing_model_real.replace(".", "-").replace("_", "-")
        return f"<{label}.mailings.{self._content_domain()}>"

    def _content_feedback_id(self):
        """Campaign, mailing, kind and sender, between colons; the sender's part never changes (Gmail)."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or self.env.cr.dbname
        sender = hashlib.sha256(database.encode()).hexdigest()[:12]
        kind = self.mailing_model_real.replace(".", "-")
        return f"c{self.campaign_id.id or 0}:m{self.id}:{kind}:{sender}"
