"""A collection: the records that hang on those of a selection, such as the leads of the contacts in it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

EVERYTHING = "[]"


class MailingFilter(models.Model):
    _inherit = "mailing.filter"

    collected_by_id = fields.Many2one(
        "ir.model.fields",
        "Hang on it by",
        ondelete="cascade",
        help="The field by which these records hang on those of the other selection: of leads for example their "
        "customer. They are mailed where that is in the other selection.",
    )
    collected_by_choice_ids = fields.Many2many("ir.model.fields", compute="_compute_collected_by_choice_ids")

    @api.depends("mailing_model_id", "parent_id.mailing_model_id")
    def _compute_collected_by_choice_ids(self):
        for selection in self:
            parent = selection.parent_id.mailing_model_name
            names = _links(self.env[selection.mailing_model_name], parent) if selection.mailing_model_name else []
            selection.collected_by_choice_ids = self._fields_named(selection.mailing_model_name, names)

    @api.onchange("mailing_model_id", "parent_id")
    def _onchange_collected_by_id(self):
        if self.parent_id.mailing_model_id == self.mailing_model_id:
            self.collected_by_id = False
        elif self.collected_by_id not in self.collected_by_choice_ids:
            self.collected_by_id = self._link_to(self.parent_id, self.mailing_model_name)

    def _fields_named(self, model, names):
        # sudo: the fields of a model that the user may read
        found = self.env["ir.model.fields"].sudo().search([("model", "=", model), ("name", "in", names)])
        return found.sudo(False)

    def _definition_fields(self):
        return super()._definition_fields() | {"collected_by_id"}

    @api.depends("collected_by_id")
    def _compute_whole_domain(self):
        super()._compute_whole_domain()

    def _domain_of_parent(self):
        field = self.collected_by_id.sudo()  # sudo: of the field only its name
        if not field:
            return super()._domain_of_parent()
        Parent, domain = self.env[field.relation], super()._domain_of_parent()
        active = Parent._active_name
        if active and all(condition.field_expr != active for condition in domain.iter_conditions()):
            domain &= Domain(active, "=", True)  # Odoo asks for it by itself, but not of what records hang on
        return Domain(field.name, "any", domain)

    def _check_fits_parent(self):
        field = self.collected_by_id.sudo()
        if not field:
            return super()._check_fits_parent()
        is_link = field.model == self.mailing_model_name and field.name in _links(self.env[field.model], field.relation)
        if not is_link or field.relation != self.parent_id.mailing_model_name:
            raise ValidationError(
                self.env._(
                    "“%(name)s” cannot hang on “%(parent)s” by that field.",
                    name=self.name,
                    parent=self.parent_id.display_name,
                )
            )
        return None

    # ------------------------------------------------------------
    # Made from a selection
    # ------------------------------------------------------------

    def _collectable_models(self):
        """The kinds of mailable records that hang on those of this selection, and that the user may read."""
        # sudo: their names
        mailable = self.env["ir.model"].sudo().search([("is_mailing_enabled", "=", True)])
        return mailable.filtered(lambda model: self._link_to(self, model.model)).sudo(False)

    def _link_to(self, selection, model):
        """The field by which records of a model hang on those of a selection: the first and most usual one."""
        Model = self.env.get(model)
        if Model is None or not selection or not Model.has_access("read"):
            return self.env["ir.model.fields"]
        names = _links(Model, selection.mailing_model_name)
        return self._fields_named(model, names[:1])

    def _as_collection(self, model):
        """A collection of this selection that is not kept: to look at and to count."""
        values = {"parent_id": self.id, "collected_by_id": self._link_to(self, model.model).id}
        return self.new({"name": model.name, "mailing_model_id": model.id, "mailing_domain": EVERYTHING, **values})

    def _collection(self, model):
        """The collection of all records of a model that hang on this selection, made where there is none yet."""
        link = self._link_to(self, model.model)
        domain = [
            ("parent_id", "=", self.id),
            ("collected_by_id", "=", link.id),
            ("mailing_domain", "=", EVERYTHING),
        ]
        return self.search(domain, order="id", limit=1) or self.create(
            {
                "name": model.sudo().name,
                "mailing_model_id": model.id,
                "mailing_domain": EVERYTHING,
                "parent_id": self.id,
                "collected_by_id": link.id,
            }
        )


def _links(Model, target):
    """The names of the fields that lead from a model's record to one of another, the most usual first."""
    usual = [*Model._mail_get_partner_fields(), Model._parent_name]
    found = [
        name
        for name, field in Model._fields.items()
        if field.type == "many2one" and field.comodel_name == target and field.store and field.column_type
        if Model._has_field_access(field, "read")
    ]
    return sorted(found, key=lambda name: usual.index(name) if name in usual else len(usual))
