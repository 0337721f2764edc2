"""A mailing that was done, and is not: a mail came back, and goes again."""

from odoo import models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _may_send_once_more(self):
        """Whether somebody may be put into the queue again: not where a person has stopped it."""
        return self.state in ("sending", "done") and self.flight_state != "stopped"

    def _reopen(self):
        """Go on sending; where a person has paused it, that person decides when."""
        if self.state == "done":
            self.write({"state": "sending", "flight_state": "running", "flight_reason": False})
        self.env["mailing.queue"]._trigger_lanes()
