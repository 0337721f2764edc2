"""“And mail their …”: not the records of a selection, but what hangs on them."""

from odoo import api, fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    # only until it is saved: then it is a selection as others
    collected_model_id = fields.Many2one(
        "ir.model",
        "And mail their",
        compute="_compute_collected_model_id",
        inverse="_inverse_audience",
        help="Mail what hangs on who is in the selection, such as the leads of contacts.",
    )
    collected_model_choice_ids = fields.Many2many("ir.model", compute="_compute_collected_model_choice_ids")

    @api.depends("mailing_id")
    def _compute_collected_model_id(self):
        self.collected_model_id = False

    @api.depends("mailing_filter_id")
    def _compute_collected_model_choice_ids(self):
        for wizard in self:
            wizard.collected_model_choice_ids = wizard.mailing_filter_id._origin._collectable_models()

    @api.onchange("mailing_filter_id", "audience_kind")
    def _onchange_collected_model_id(self):
        if self.audience_kind != "selection" or self.collected_model_id not in self.collected_model_choice_ids:
            self.collected_model_id = False

    @api.onchange("collected_model_id")
    def _onchange_email_field_of_collected(self):
        self.email_field_id = False

    def _inverse_audience(self):
        for wizard in self.filtered("collected_model_id"):
            collection = wizard.mailing_filter_id._collection(wizard.collected_model_id)
            wizard.update(
                {
                    "mailing_filter_id": collection.id,
                    "mailing_domain": collection.whole_domain,
                    "collected_model_id": False,
                }
            )
        super()._inverse_audience()

    def _audience_values(self):
        values = super()._audience_values()
        if not (self.collected_model_id and self.mailing_filter_id):
            return values
        collection = self.mailing_filter_id._origin._as_collection(self.collected_model_id._origin)
        return {
            **values,
            "mailing_model_id": collection.mailing_model_id.id,
            "mailing_filter_id": False,
            "mailing_domain": collection.whole_domain,
        }

    @api.depends("collected_model_id")
    def _compute_counts(self):
        super()._compute_counts()
