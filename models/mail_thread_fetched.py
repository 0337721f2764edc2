"""Mails that Odoo fetches: it marks each as read whatever became of it, unless we say that it is not known yet."""

from functools import partial

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, retrying

from .fetchmail_server import LOOK
from .put_off import PutOff, retried

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
        """What waits for a lane is put off at once: Odoo's job has 10 s for all mailboxes."""
        look = self.env.context.get(LOOK)
        if not look:
            return retrying(process, self.env)
        try:
            return retried(process, self.env)
        except (PutOff, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            look.is_put_off = True
            raise
