"""What the mailings of a series brought, added up."""

from odoo import api, fields, models


class MailingSeries(models.Model):
    _inherit = "mailing.series"

    sent_run_count = fields.Integer("Times sent", compute="_compute_results")
    held_run_count = fields.Integer("Held dates", compute="_compute_results")
    recipient_count = fields.Integer("Recipients", compute="_compute_results")
    accepted_count = fields.Integer("Accepted", compute="_compute_results")
    undelivered_count = fields.Integer("Not delivered", compute="_compute_results")
    excluded_count = fields.Integer("Excluded", compute="_compute_results")

    @api.depends("run_ids.state", "run_ids.mailing_id.mailing_trace_ids.delivery_state")
    def _compute_results(self):
        for series in self:
            states, mailings = series.run_ids.mapped("state"), series.run_ids.mailing_id
            series.sent_run_count = states.count("sent")
            series.held_run_count = states.count("held")
            for name in ("recipient_count", "accepted_count", "undelivered_count", "excluded_count"):
                series[name] = sum(mailings.mapped(name))

    def action_view_mailings(self):
        """The mailings that it has sent."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("mass_mailing.mailing_mailing_action_mail")
        return {**action, "domain": [("id", "in", self.run_ids.mailing_id.ids)], "context": {"create": False}}
