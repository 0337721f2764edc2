"""Mails that Odoo fetches: it marks each as read whatever became of it, unless we say that it is not known yet."""

from functools import partial

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, retrying

from .fetchmail_server import LOOK

FETCHED = "default_fetchmail_server_id"  # the fetcher gives each mail a transaction of its own


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Once more where somebody, such as a lane, changed the same rows; all other callers see to that themselves."""
        process = partial(super().message_process, model, message, *args, **kwargs)
        return self._process_fetched(process) if FETCHED in self.env.context else process()

    @api.model
    def _process_fetched(self, process):
        """Where several tries do not help, as for who is still claimed by a lane that died, the mail stays new."""
        try:
            return retrying(process, self.env)
        except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            if look := self.env.context.get(LOOK):
                look.is_put_off = True
            raise
