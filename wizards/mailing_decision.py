"""The dialog in which somebody who may send looks at what was asked for, and approves or rejects it."""

from odoo import api, fields, models


class MailingDecision(models.TransientModel):
    _name = "mailing.decision"
    _description = "Approve or Reject a Mailing"
    _transient_max_hours = 10

    mailing_id = fields.Many2one("mailing.mailing", required=True, readonly=True, ondelete="cascade")
    requested_by_id = fields.Many2one(related="mailing_id.requested_by_id")
    requested_at = fields.Datetime(related="mailing_id.requested_at")
    send_when = fields.Selection(related="mailing_id.send_when")
    overview = fields.Html(compute="_compute_overview")
    growth_in_words = fields.Char(compute="_compute_overview")
    reason = fields.Text("Why not")

    @api.depends("mailing_id")
    def _compute_overview(self):
        for decision in self:
            mailing = decision.mailing_id
            decision.overview = mailing and mailing._render_overview()
            decision.growth_in_words = mailing and mailing._growth_in_words()

    def action_approve(self):
        """Send, or schedule, what was asked for."""
        self.ensure_one()
        self.mailing_id.action_approve()
        return {"type": "ir.actions.act_window_close"}

    def action_reject(self):
        """Give it back with the reason."""
        self.ensure_one()
        self.mailing_id.action_reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
