"""Pictures: copied on the way to the checks, which tell what is still elsewhere."""

from odoo import api, fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    host_external_images = fields.Boolean(related="mailing_id.host_external_images", readonly=False)
    embed_images = fields.Boolean(related="mailing_id.embed_images", readonly=False)

    @api.depends("host_external_images", "embed_images")
    def _compute_options_in_words(self):
        super()._compute_options_in_words()

    def _options_in_words(self):
        sent_along = self.embed_images and self.body_format != "text"
        return [
            *super()._options_in_words(),
            *([self.env._("pictures sent along")] if sent_along else []),
            *([self.env._("pictures from elsewhere copied")] if self.host_external_images else []),
        ]

    def _enter(self, step):
        if step == "checks":
            self.mailing_id._copy_new_pictures()
        return super()._enter(step)

    def action_check_again(self):
        """Look at the mailing once more, and for pictures that could not be copied before."""
        if self.host_external_images:
            self.mailing_id.action_copy_pictures()
        return super().action_check_again()
