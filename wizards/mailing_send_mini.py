"""Conditions that narrow a selection for this mailing, and the way to keep them."""

from odoo import api, fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    is_selection_changed = fields.Boolean(compute="_compute_is_selection_changed")
    mini_name = fields.Char("Name of the mini-selection")

    @api.depends("mailing_filter_id", "mailing_domain", "collected_model_id", "audience_kind")
    def _compute_is_selection_changed(self):
        for wizard in self:
            mailing = wizard._mailing_as_chosen()
            is_chosen = wizard.audience_kind == "selection" and mailing.mailing_filter_id
            wizard.is_selection_changed = is_chosen and not mailing._follows_selection()

    def action_keep_mini(self):
        """Keep the conditions as a mini-selection of the selection, and send to that."""
        mailing = self.mailing_id
        mini = mailing.mailing_filter_id._narrowed_to(mailing.mailing_domain, self.mini_name)
        mailing.write({"mailing_filter_id": mini.id, "mailing_domain": mini.whole_domain})
        self.mini_name = False
        return self._reopen()
