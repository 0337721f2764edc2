"""The mail gateway: mails that ask to leave, and reports of mails that come back."""

import logging

from odoo import api, models

from ..core import delivery_status

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Settle a mail that asks to leave here (no record is made, nothing is answered); route all others as ever.

        Mail programs send such mails by themselves, marked as automatic, so that mark is no reason to ignore one.
        As nothing is ever answered, no loop can begin.
        """
        if not message_dict.get("is_bounce") and self._is_unsubscribed_by(message_dict):
            return []
        return super().message_route(message, message_dict, model, thread_id, custom_values)

    @api.model
    def _is_unsubscribed_by(self, message_dict):
        done = self.env["mailing.mailing"]._unsubscribe_by_subject(message_dict.get("subject"))
        if done:
            _logger.info("Mail %s asked to leave a mailing: done", message_dict.get("message_id"))
        return done

    @api.model
    def _reset_bounces_of(self, addresses):
        """Stock's own counter on every record with one of these addresses."""
        emails = [email for address in addresses for email in (address.email, address.other_spelling) if email]
        # sudo: who may clear an address does so for everybody who has it
        for name in self.env["ir.model"].sudo().search([("is_mail_blacklist", "=", True)]).mapped("model"):
            if name in self.env and not self.env[name]._abstract:
                found = self.env[name].sudo().with_context(active_test=False)
                for record in found.search([("email_normalized", "in", emails), ("message_bounce", ">", 0)]):
                    record._message_reset_bounce(record.email_normalized)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Take reports of delays and soft bounces of our own mails; all others are stock's.

        Stock reads no status: it would count a full mailbox, and even a delay, as a bounce of the address.
        """
        statuses = delivery_status.read(email_message)
        if not self.env["mailing.trace"]._take_report(message_dict["bounced_msg_ids"], statuses):
            super()._routing_handle_bounce(email_message, message_dict)
