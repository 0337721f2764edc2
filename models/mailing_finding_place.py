"""From a finding to the place where it is mended: in the four steps where they have it, else on the mailing's form."""

from odoo import api, fields, models

from ..core.place import page_of, step_of
from .mailing_mailing.places import FORM

STEPS = "bulk_mailing.mailing_send_view_form"
# who gets it is chosen in one field or another; the first that stands on the screen is shown
CHOSEN_IN = {"mailing_domain": ("contact_list_ids", "mailing_filter_id", "mailing_domain", "mailing_model_id")}


class MailingFinding(models.Model):
    _inherit = "mailing.finding"

    is_reachable = fields.Boolean(compute="_compute_is_reachable", help="Somebody can go to where it is mended.")

    @api.depends("field_name", "mailing_id.state")
    @api.depends_context("uid")
    def _compute_is_reachable(self):
        form = self._arch(FORM)
        for finding in self:
            is_there = finding.field_name and page_of(form, finding.field_name) is not None
            finding.is_reachable = is_there and finding.mailing_id.state == "draft"

    def action_go_to(self):
        """Show the place where it is mended; in the four steps, if they are open and have it."""
        self.ensure_one()
        mailing, field = self.mailing_id, self.field_name
        names = list(CHOSEN_IN.get(field, [field]))
        steps = self.env["mailing.send"].browse(self.env.context.get("in_steps")).exists()
        step = steps.mailing_id == mailing and step_of(self._arch(STEPS), field)
        if step:
            steps.step = step
            return mailing._show_in_steps(names)
        return mailing._show_on_form(page_of(self._arch(FORM), field), names)

    def _arch(self, view):
        """A form as this user sees it: what their groups do not show is not there."""
        view = self.env.ref(view)
        return self.env[view.sudo().model].get_view(view.id)["arch"]
