"""The subject in titles and messages, where nobody wants to read code."""

from odoo import api, models

from ...core import subject


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.depends("mailing_model_real")
    @api.depends_context("lang")
    def _compute_display_name(self):
        super()._compute_display_name()
        for mailing in self:
            if mailing.subject:
                mailing.display_name = mailing._subject_in_words()

    def _field_to_sql(self, alias, field_expr, query=None):
        # the lists show it in the place of the subject, and are sorted by it
        return super()._field_to_sql(alias, "subject" if field_expr == "display_name" else field_expr, query)

    def _subject_in_words(self):
        """The subject; a placeholder stands there as the name of its field: “News for [Name]”."""
        self.ensure_one()
        return subject.in_words(self.subject or "", self._name_of_placeholder)

    def _name_of_placeholder(self, expression):
        """The label of the recipients' field that an expression asks for, or nothing."""
        root, *path = expression.split(".")
        model, label = self.env.get(self.mailing_model_real), ""
        if root != "object" or model is None:
            return ""
        for name in path:
            field = None if model is None else model._fields.get(name)
            if field is None:
                return ""
            label = field._description_string(self.env)
            model = self.env[field.comodel_name] if field.relational else None
        return label
