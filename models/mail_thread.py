"""The mail gateway: mails that ask to leave."""

import logging

from odoo import api, models

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
