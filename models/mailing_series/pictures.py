"""Pictures that somebody has put into a repeated mailing since it was started."""

from odoo import models
from odoo.exceptions import UserError


class MailingSeries(models.Model):
    _inherit = "mailing.series"

    def _run_due(self):
        # before the series is locked: other servers may be slow
        self._copy_new_pictures()
        return super()._run_due()

    def _copy_new_pictures(self):
        """Copy them as at the start, where the mailing is what was seen; otherwise the date is held, and says so."""
        mailing = self.mailing_id
        if not mailing._new_pictures():
            return
        try:
            mailing._check_seen(self.fingerprint)
        except UserError:
            return
        mailing._copy_new_pictures()
        self._note_seen()
