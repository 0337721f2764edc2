"""A list or selection is switched on for mailings where somebody wants to send to it, and says why."""

from odoo import api, fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    unusable_in_words = fields.Char(compute="_compute_unusable_in_words")
    usable_reason = fields.Char("Why they may be mailed")
    may_switch_on = fields.Boolean(compute="_compute_may_switch_on")

    @api.depends("mailing_filter_id", "contact_list_ids", "audience_kind")
    def _compute_unusable_in_words(self):
        for wizard in self:
            names = wizard._mailing_as_chosen()._unusable_targets()
            wizard.unusable_in_words = ", ".join(f"“{name}”" for name in names)

    @api.depends_context("uid")
    def _compute_may_switch_on(self):
        self.may_switch_on = self.env["mailing.mailing"]._may_send()

    def action_switch_on(self):
        """Switch on what the mailing goes to, for this and for later mailings, with the reason."""
        self.env["mailing.usable"]._check_may_switch()
        for targets in self.mailing_id._unusable():
            targets.sudo(False)._switch_on(self.usable_reason)
        self.usable_reason = False
        return self._reopen()

    def _check_audience(self):
        super()._check_audience()
        self.mailing_id._check_usable()
