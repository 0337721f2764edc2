"""What is kept of what people, and the system by itself, do to a series."""

from odoo import models

from ..mailing_recurrence import RULE_FIELDS

KINDS = {
    "running": "series_started",
    "paused": "series_paused",
    "stopped": "series_stopped",
    "done": "series_finished",
}


class MailingSeries(models.Model):
    _inherit = "mailing.series"

    def write(self, vals):
        before = {series: series._standing() for series in self}
        result = super().write(vals)
        for series, standing in before.items():
            series._record_change(*standing)
        return result

    def _standing(self):
        return self.state, [self[name] for name in RULE_FIELDS]

    def _record_change(self, state, rule):
        if self.state != state:
            self._record_event(KINDS[self.state])
        elif self.state != "draft" and [self[name] for name in RULE_FIELDS] != rule:
            self._record_event("series_changed", self.rule_in_words)

    def _record_event(self, kind, note=False):
        # with the rights of whoever acts on the series, who may not see its mailing; what is kept is the server's
        self.sudo().mailing_id._record_event(kind, note=note)
