"""Who gets it: a selection, mailing lists or everybody, with the numbers as they are now."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mailing_mailing.audience import LIST_MODEL

AUDIENCE_FIELDS = ("mailing_model_id", "mailing_filter_id", "mailing_domain", "contact_list_ids")
# written by themselves, and counted as they stand on the screen
AUDIENCE_OPTIONS = ("exclude_duplicates", "left_out_filter_ids", "left_out_list_ids", "email_field_id")
DEFAULT_MODEL = "res.partner"


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    audience_kind = fields.Selection(
        [("selection", "Selection"), ("list", "Mailing list"), ("everybody", "Everybody")],
        "To",
        compute="_compute_audience_kind",
        store=True,
        readonly=False,
    )
    # one inverse for all: stock's mailing computes some of them from others, so they are written together
    mailing_model_id = fields.Many2one("ir.model", compute="_compute_audience", inverse="_inverse_audience")
    mailing_filter_id = fields.Many2one("mailing.filter", compute="_compute_audience", inverse="_inverse_audience")
    mailing_domain = fields.Char(compute="_compute_audience", inverse="_inverse_audience")
    contact_list_ids = fields.Many2many("mailing.list", compute="_compute_audience", inverse="_inverse_audience")
    mailing_model_real = fields.Char(compute="_compute_mailing_model_real")
    exclude_duplicates = fields.Boolean(related="mailing_id.exclude_duplicates", readonly=False)
    email_field_id = fields.Many2one(related="mailing_id.email_field_id", readonly=False)
    email_field_choice_ids = fields.Many2many("ir.model.fields", compute="_compute_email_field_choice_ids")
    has_email_field_choice = fields.Boolean(compute="_compute_email_field_choice_ids")
    left_out_filter_ids = fields.Many2many(related="mailing_id.left_out_filter_ids", readonly=False)
    left_out_list_ids = fields.Many2many(related="mailing_id.left_out_list_ids", readonly=False)

    is_selection_missing = fields.Boolean("Selection still to be chosen", compute="_compute_counts")
    to_send_count = fields.Integer(compute="_compute_counts")
    excluded_count = fields.Integer(compute="_compute_counts")
    to_send_in_words = fields.Char(compute="_compute_counts")
    excluded_in_words = fields.Char(compute="_compute_counts")
    question = fields.Char(compute="_compute_question")
    audience_in_words = fields.Char(compute="_compute_audience_in_words")

    @api.depends(*(f"mailing_id.{name}" for name in AUDIENCE_FIELDS))
    def _compute_audience(self):
        for wizard in self:
            for name in AUDIENCE_FIELDS:
                wizard[name] = wizard.mailing_id[name]

    @api.depends(*(f"mailing_id.{name}" for name in AUDIENCE_FIELDS))
    def _compute_audience_kind(self):
        for wizard in self:
            kind = wizard.mailing_id._audience_kind() if wizard.mailing_id else False
            # "selection" stands while none is chosen yet
            if not (kind == "everybody" and wizard.audience_kind == "selection"):
                wizard.audience_kind = kind

    @api.depends("mailing_model_id")
    def _compute_mailing_model_real(self):
        for wizard in self:
            model = wizard.mailing_model_id.model
            wizard.mailing_model_real = "mailing.contact" if model == LIST_MODEL else model

    @api.depends("mailing_model_real")
    def _compute_email_field_choice_ids(self):
        for wizard in self:
            wizard.email_field_choice_ids = self.env["mailing.mailing"]._email_fields(wizard.mailing_model_real)
            wizard.has_email_field_choice = len(wizard.email_field_choice_ids) > 1

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------

    @api.onchange("mailing_model_id")
    def _onchange_email_field_choice_ids(self):
        if self.email_field_id not in self.email_field_choice_ids:
            self.email_field_id = False

    @api.onchange("audience_kind")
    def _onchange_audience_kind(self):
        self.update(self._values_of_kind(self.audience_kind))

    @api.onchange("mailing_filter_id")
    def _onchange_mailing_filter_id(self):
        if self.mailing_filter_id:
            self.mailing_model_id = self.mailing_filter_id.mailing_model_id
            self.mailing_domain = self.mailing_filter_id.whole_domain

    @api.onchange("mailing_model_id")
    def _onchange_mailing_model_id(self):
        if self.mailing_filter_id.mailing_model_id != self.mailing_model_id:
            self.mailing_filter_id = False
            self.mailing_domain = "[]"

    def _values_of_kind(self, kind):
        """What has to change for another kind of audience."""
        is_list = self.mailing_model_id.model == LIST_MODEL
        if kind == "list":
            return {} if is_list else {"mailing_model_id": self._model(LIST_MODEL), "mailing_filter_id": False}
        values = {"mailing_model_id": self._model(DEFAULT_MODEL)} if is_list else {}
        if kind == "everybody" or is_list:
            values.update(mailing_filter_id=False, mailing_domain="[]")
        return values

    @api.model
    def _model(self, name):
        return self.env["ir.model"].sudo()._get_id(name)

    def write(self, vals):
        kind = vals.get("audience_kind")
        if kind and self:  # without a screen there is no onchange
            vals = {**self[:1]._values_of_kind(kind), **vals}
        for name in AUDIENCE_FIELDS:  # whoever writes one writes all; Odoo computes none of them meanwhile
            self.mapped(name)
        return super().write(vals)

    def _inverse_audience(self):
        for wizard in self:
            wizard.mailing_id.write(wizard._audience_values())

    def _audience_values(self):
        """The audience as values of the mailing, complete, so that nothing is left over from another choice."""
        chosen = self.mailing_filter_id
        is_new = chosen and chosen != self.mailing_id.mailing_filter_id
        if self.mailing_model_id.model == LIST_MODEL and not is_new:
            lists = self.contact_list_ids
            return {
                "mailing_model_id": self.mailing_model_id.id,
                "mailing_filter_id": False,
                "contact_list_ids": [(6, 0, lists.ids)],
                "mailing_domain": repr([("list_ids", "in", lists.ids)]),
            }
        model, domain = self.mailing_model_id, self.mailing_domain
        if is_new:
            model = chosen.mailing_model_id
            if domain in (False, "", "[]", self.mailing_id.mailing_domain):  # not narrowed at once
                domain = chosen.whole_domain
        elif chosen and chosen.mailing_model_id != model:
            chosen = chosen.browse()
        return {"mailing_model_id": model.id, "mailing_filter_id": chosen.id, "mailing_domain": domain or "[]"}

    def _check_audience(self):
        """Raise unless it is said who gets the mailing."""
        self.mailing_id._check_audience_chosen()
        if self._lacks_selection(self.mailing_id):
            raise UserError(self.env._("Choose a selection, or “Everybody”."))

    def _lacks_selection(self, mailing):
        """Whether a selection is to be sent to, and the mailing has none: it would go to everybody."""
        return self.audience_kind == "selection" and not (mailing.mailing_filter_id or mailing._has_conditions())

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    def action_view_audience(self):
        """List who gets it and who does not, with the reason; the steps go on afterwards where they were."""
        return self.mailing_id.action_view_audience()

    def _mailing_as_chosen(self):
        """The mailing; while the screen is being filled in, as it would be with what has been chosen so far."""
        mailing = self.mailing_id._origin
        if isinstance(self.id, int):
            return mailing
        values = self._audience_values()
        for name in AUDIENCE_OPTIONS:
            values[name] = self._fields[name].convert_to_write(self[name], self)
        return mailing.new(values, origin=mailing)

    @api.depends(*AUDIENCE_FIELDS, *AUDIENCE_OPTIONS, "audience_kind")
    def _compute_counts(self):
        for wizard in self:
            mailing = wizard._mailing_as_chosen()
            wizard.is_selection_missing = bool(mailing) and wizard._lacks_selection(mailing)
            # the number of everybody would be a promise that “Next” does not keep
            is_countable = mailing and not wizard.is_selection_missing
            audience = mailing._count_audience() if is_countable else {"to_send": 0, "excluded": {}}
            wizard.to_send_count = audience["to_send"]
            wizard.excluded_count = sum(audience["excluded"].values())
            wizard.to_send_in_words = mailing._formatted(wizard.to_send_count)
            wizard.excluded_in_words = mailing._excluded_in_words(audience["excluded"])

    @api.depends(*AUDIENCE_FIELDS)
    def _compute_audience_in_words(self):
        for wizard in self:
            wizard.audience_in_words = wizard.mailing_id._describe_audience()

    @api.depends("to_send_count", "when", "when_in_words")
    def _compute_question(self):
        for wizard in self:
            wizard.question = wizard._question()

    def _question(self):
        people, moment = self._people_in_words(), self.when_in_words
        if self.when == "later":
            return self.env._("Send to %(people)s on %(moment)s?", people=people, moment=moment)
        return self.env._("Send to %(people)s?", people=people)

    def _people_in_words(self):
        if self.to_send_count == 1:
            return self.env._("1 person")
        return self.env._("%(count)s people", count=self.to_send_in_words)
