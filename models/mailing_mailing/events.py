"""What is kept of what people, and the system by itself, do to a mailing."""

from odoo import api, fields, models

from ...core.events import Standing, kinds

COUNTED = ("paused", "stopped", "finished")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    event_ids = fields.One2many("mailing.event", "mailing_id", readonly=True)
    event_count = fields.Integer(compute="_compute_event_count")

    @api.depends("event_ids")
    def _compute_event_count(self):
        counts = dict(
            self.env["mailing.event"]._read_group([("mailing_id", "in", self.ids)], ["mailing_id"], ["__count"])
        )
        for mailing in self:
            mailing.event_count = counts.get(mailing._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        mailings = super().create(vals_list)
        for mailing in mailings:
            mailing._record_event("prepared")
        return mailings

    def write(self, vals):
        if not {"state", "flight_state"} & vals.keys():
            return super().write(vals)
        before = {mailing: mailing._standing() for mailing in self}
        result = super().write(vals)
        for mailing, standing in before.items():
            mailing._record_change(standing)
        return result

    def _standing(self):
        return Standing(self.state, self.flight_state or "")

    def _record_change(self, before):
        for kind in kinds(before, self._standing()):
            count = self.sudo()._count_deliveries()[self.id]["sent"] if kind in COUNTED else 0
            self._record_event(kind, count, self.flight_reason if kind == "paused" else False)

    def _record_event(self, kind, count=0, note=False):
        if self.mailing_type == "mail":
            self.env["mailing.event"]._record(self, kind, count, note)

    def action_view_events(self):
        """Show what happened to this mailing."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bulk_mailing.mailing_event_action")
        return {**action, "domain": [("mailing_id", "=", self.id)], "context": {}}
