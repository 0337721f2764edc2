"""The spam score: the message as its first recipient gets it, shown to a spam filter when the checks run."""

import logging

from odoo import models
from odoo.exceptions import UserError

from ...adapters.spamd import NotAsked, Spamd
from ...core.text import _
from ..mailing_queue.table import LOST_DATABASE
from .content_renderer import first_cause

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _draft_of_spam(self):
        """What a spam filter thinks, as values of a draft; none without a filter, or with nobody to mail."""
        # who prepares a mailing may not read the settings, and sees nothing of them but what the filter says
        company = self._bulk_company().sudo()
        if not company.bulk_spamd_host:
            return {}
        limits = {
            "spam_warning_from": company.bulk_spam_warning_from,
            "spam_error_from": company.bulk_spam_error_from,
        }
        try:
            message = self._message_for_spam_filter()
            score = message and self._spam_filter(company).score(message)
        except NotAsked as error:
            return {"spam_unknown": error.reason}
        return {"spam": score, **limits} if score else {}

    def _spam_filter(self, company):
        return Spamd(company.bulk_spamd_host, company.bulk_spamd_port)

    def _message_for_spam_filter(self):
        """The bytes that the first recipient gets whom the user may read; None without one. Raises NotAsked."""
        if not self._uses_queue():
            raise NotAsked(_("Only mail that leaves through the bulk queue is shown to the spam filter."))
        recipients = self.env.execute_query(self._preview_query(""))
        if not recipients:
            return None
        message = None
        try:
            with self._undone():
                message = self._sample_message(recipients[0][0])
        except LOST_DATABASE:
            raise
        except UserError as error:
            raise NotAsked(_("The mail cannot be made: %(reason)s", reason=str(error))) from error
        except Exception as error:  # whatever is wrong with a body; other checks tell it
            _logger.info("Mailing %s cannot be shown to the spam filter", self.id, exc_info=True)
            raise NotAsked(_("The mail cannot be made: %(reason)s", reason=first_cause(error))) from error
        return message
