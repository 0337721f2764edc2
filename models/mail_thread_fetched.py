"""Mails that Odoo fetches: it marks each as read whatever became of it, and does not come for it again."""

from functools import partial

from odoo import api, models
from odoo.service.model import retrying

FETCHED = "default_fetchmail_server_id"  # the fetcher gives each mail a transaction of its own


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Once more where somebody, such as a lane, changed the same rows; all other callers see to that themselves."""
        process = partial(super().message_process, model, message, *args, **kwargs)
        return retrying(process, self.env) if FETCHED in self.env.context else process()
