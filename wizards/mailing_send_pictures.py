"""Pictures: copied on the way to the checks, which tell what is still elsewhere."""

from odoo import fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    host_external_images = fields.Boolean(related="mailing_id.host_external_images", readonly=False)
    embed_images = fields.Boolean(related="mailing_id.embed_images", readonly=False)

    def _enter(self, step):
        if step == "checks":
            self.mailing_id._copy_new_pictures()
        return super()._enter(step)
