"""Pictures are copied some at a time, so that whoever waits for the checks sees how far it is.

The body names the copies when all are tried: it is written once, on the way into the checks.
"""

from odoo import models

AT_A_TIME = 4  # as many as are asked for at once
SECONDS = 10  # for those


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def copy_next_pictures(self):
        """Fetch the next of the pictures that are to be copied; how many have been tried by then, and of how many."""
        self.ensure_one()
        self._check_may_copy_pictures()
        elsewhere = self._pictures_elsewhere() if self.host_external_images else []
        results = self._fetch_pictures(self._untried_pictures()[:AT_A_TIME], SECONDS)
        self.env["mailing.picture"].sudo()._note(self.sudo(), results)  # sudo: as in _copy_pictures
        return {"done": len(elsewhere) - len(self._untried_pictures()), "total": len(elsewhere)}

    def _untried_pictures(self):
        copied = self._copied_pictures()
        return [url for url in self._new_pictures() if url not in copied]
