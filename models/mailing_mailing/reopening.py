"""A mailing that was done, and is not: a mail came back, and goes again."""

from odoo import models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _lock(self):
        """Keep lanes from ending the mailing, and people from stopping it, until this transaction is over."""
        self.env.flush_all()
        self.env.cr.execute("SELECT FROM mailing_mailing WHERE id = %s FOR NO KEY UPDATE", [self.id])
        self.invalidate_recordset(["state", "flight_state"])

    def _may_send_once_more(self):
        """Whether somebody may be put into the queue again: not where a person has stopped it."""
        return self.state in ("sending", "done") and self.flight_state != "stopped"

    def _reopen(self):
        """Go on sending; where a person has paused it, that person decides when."""
        if self.state == "done":
            self.write({"state": "sending", "flight_state": "running", "flight_reason": False})
        self.env["mailing.queue"]._trigger_lanes()
