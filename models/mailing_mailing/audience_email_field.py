"""Which of several addresses of a record is mailed."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .address_columns import address_fields


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    email_field_id = fields.Many2one(
        "ir.model.fields",
        "Address in",
        compute="_compute_email_field_id",
        store=True,
        readonly=False,
        copy=True,
        ondelete="set null",
        help="Where the records have several e-mail addresses: the field with the one that is mailed. Empty: the usual "
        "one, of a lead for example its customer's, and else its own.",
    )

    @api.depends("mailing_model_id")
    def _compute_email_field_id(self):
        for mailing in self:
            # sudo: only compared
            if mailing.email_field_id.sudo().model != mailing.mailing_model_real:
                mailing.email_field_id = False

    @api.model
    def _email_fields(self, model):
        """The fields of a model that can be mailed to, as far as the user may read them."""
        if model not in self.env:
            return self.env["ir.model.fields"]
        names = address_fields(self.env[model])
        # sudo: what the user may read was just looked at
        return self.env["ir.model.fields"].sudo().search([("model", "=", model), ("name", "in", names)]).sudo(False)

    @api.constrains("email_field_id", "mailing_model_id")
    def _check_email_field_id(self):
        # Odoo checks as superuser, who may read everything
        for mailing in self.with_user(self.env.uid).filtered("email_field_id"):
            if mailing.email_field_id not in mailing._email_fields(mailing.mailing_model_real):
                raise ValidationError(self.env._("There are no addresses in that field, or none that you may read."))

    def _chosen_email_field(self):
        """The name of the field whose addresses are mailed, where one was chosen."""
        field = self.email_field_id.sudo()  # sudo: of the field only its name
        if not field or field.model != self.mailing_model_real:
            return None
        Model = self._as_sender().env[field.model]
        Model._check_field_access(Model._fields[field.name], "read")
        return field.name
