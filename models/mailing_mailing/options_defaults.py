"""New mailings begin with what their company has set; those that exist keep what they have."""

from odoo import api, models

# each is a field of the company too, with `bulk_` before its name
FROM_COMPANY = (
    *("body_format", "personalize", "exclude_duplicates"),
    *("track_links", "track_opens", "rate_per_minute", "host_external_images", "embed_images"),
)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.model
    def default_get(self, fields):
        """As before; what neither the screen nor a person has set comes from the company."""
        values = super().default_get(fields)
        set_before = {name for name in FROM_COMPANY if f"default_{name}" in self.env.context}
        set_before |= self.env["ir.default"]._get_model_defaults(self._name).keys()
        company = self._company_of_new()
        return values | {
            name: company[f"bulk_{name}"] for name in FROM_COMPANY if name in fields and name not in set_before
        }

    def _add_missing_default_values(self, values):
        # a mailing that is made for somebody else begins as that person's company wants it
        owner = values.get("user_id")
        new = self.with_context(default_user_id=owner) if owner else self
        return super(MailingMailing, new)._add_missing_default_values(values)

    @api.model
    def _company_of_new(self):
        """As `_bulk_company` finds it for a mailing that exists."""
        user = self.env["res.users"].browse(self.env.context.get("default_user_id")) or self.env.user
        # sudo: what a company wants of its mailings is no secret to who makes one for a colleague there
        return user.sudo().company_id or self.env.company.sudo()
