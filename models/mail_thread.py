"""The mail gateway: mails that ask to leave, mails that come back, and mails that machines write."""

import logging
from xmlrpc.client import Binary

from odoo import api, models

from ..core.bounces import Kind

_logger = logging.getLogger(__name__)

KIND = "bulk_mailing_kind_of_mail"
NO_BOUNCES = (Kind.DELAY, Kind.COMPLAINT, Kind.AUTO_REPLY)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Take reports about mailings, before Odoo parses them: it raises at broken ones, and reads no status."""
        raw = message.data if isinstance(message, Binary) else message
        raw = raw.encode() if isinstance(raw, str) else raw
        report, is_taken = self.env["mailing.bounce"]._take_mail(raw, self._returned_trace_of(raw))
        if is_taken:
            _logger.info("A mail (%s) about %s is taken", report.kind, report.original_message_id)
            return False
        return super(MailThread, self.with_context(**{KIND: report.kind})).message_process(
            model, message, *args, **kwargs
        )

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
    def _routing_handle_bounce(self, email_message, message_dict):
        """Bounces of other mails are stock's, which would also take delays, read receipts and complaints for some."""
        kind = self.env.context.get(KIND)
        if kind in NO_BOUNCES or (kind == Kind.NOT_A_BOUNCE and self._is_understood(email_message)):
            _logger.info("Mail %s is no bounce (%s)", message_dict.get("message_id"), kind)
            return
        watched = self.with_context(bulk_mailing_bounced=message_dict["bounced_email"])
        super(MailThread, watched)._routing_handle_bounce(email_message, message_dict)

    def _is_understood(self, email_message):
        """Whether there is no doubt that it is none: a standard form of report, or about a mail that we know."""
        return email_message.get_content_type() == "multipart/report" or bool(self._returned_trace(email_message))

    @api.model
    def _routing_reset_bounce(self, email_message, message_dict):
        """Who writes is alive; a machine that answers for a full mailbox is not."""
        if self.env.context.get(KIND, Kind.NOT_A_BOUNCE) != Kind.NOT_A_BOUNCE:
            return
        super()._routing_reset_bounce(email_message, message_dict)
        # sudo: a gateway's user has no right on the ledger
        self.env["mailing.address"].sudo()._note_sign_of_life(message_dict["email_from"])

    # ------------------------------------------------------------
    # Stock's own counter, on every record with an address
    # ------------------------------------------------------------

    @api.model
    def _count_bounce_on_records(self, email):
        """One more, as stock does where it takes a report itself."""
        partners = self.env["res.partner"].sudo().search([("email_normalized", "=", email)])
        for records in self._records_with([email]):
            records._message_receive_bounce(email, partners)

    @api.model
    def _reset_bounces_of(self, addresses):
        """None, where somebody has cleared an address."""
        for records in self._records_with(list(addresses._spelled())):
            for record in records.filtered("message_bounce"):
                record._message_reset_bounce(record.email_normalized)

    def _records_with(self, emails):
        """Per model, the records with one of these addresses; archived ones too."""
        for model in self.env["mailing.address"]._models_with_addresses():
            # sudo: what is known of an address holds for everybody who has it
            yield model.sudo().search([("email_normalized", "in", emails)])
