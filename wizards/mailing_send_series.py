"""Again and again: the rule is filled in here, and kept in the mailing's series."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mailing_recurrence import RULE_FIELDS


class MailingSend(models.TransientModel):
    _name = "mailing.send"
    _inherit = ["mailing.send", "mailing.recurrence"]

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard, vals in zip(wizards, vals_list, strict=True):
            kept = [name for name in wizard._rule_of_its_own() if name not in vals]
            for series in wizard._series():
                wizard.update({name: series[name] for name in kept})
        return wizards

    def write(self, vals):
        """Write; what is chosen for a series is kept in it at once."""
        if vals.get("when") == "periodic" and not vals.keys() & {"send_on", "send_at"} and not self[:1].send_at:
            vals = {**vals, "send_on": self._first_day()}
        result = super().write(vals)
        if vals.keys() - {"step", "is_confirming"}:
            self._keep_series()
        return result

    @api.model
    def _rule_of_its_own(self):
        """What is not on the mailing already."""
        return [name for name in RULE_FIELDS if name not in ("send_on", "send_time")]

    @api.model
    def _first_day(self):
        return fields.Date.context_today(self) + timedelta(days=1)

    @api.onchange("when")
    def _onchange_when(self):
        if self.when == "periodic" and not self.send_on:
            self.send_on = self._first_day()

    def _series(self):
        """The mailing's series that is being prepared, or waits to go on."""
        return self.mailing_id.repeated_by_ids.filtered(lambda series: series.state in ("draft", "paused"))

    def _keep_series(self):
        for wizard in self.filtered(lambda wizard: wizard.when == "periodic" and not wizard._recurrence_problem()):
            values = {name: wizard[name] for name in RULE_FIELDS}
            series = wizard._series()
            changed = {name: value for name, value in values.items() if series and series[name] != value}
            if not series:
                series.create({"mailing_id": wizard.mailing_id.id, **values})
            elif changed:
                series.write(changed)

    def _check_when(self):
        if self.when != "periodic":
            return super()._check_when()
        self._check_recurrence()
        if not self._next_moments(fields.Datetime.now(), 1):
            raise UserError(self.env._("No date is still to come. Choose a later last day, or more times."))
        return None

    @api.depends("when", "send_at", *RULE_FIELDS)
    @api.depends_context("lang")
    def _compute_when_in_words(self):
        periodic = self.filtered(lambda wizard: wizard.when == "periodic")
        super(MailingSend, self - periodic)._compute_when_in_words()
        for wizard in periodic:
            wizard.when_in_words = wizard._recurrence_in_words()

    def _question(self):
        if self.when != "periodic":
            return super()._question()
        return self.env._(
            "Send %(when)s? Today %(people)s would get it.", when=self.when_in_words, people=self._people_in_words()
        )

    def action_send(self):
        """As before; a series is started and shown."""
        if self.when != "periodic":
            self._series().filtered(lambda series: series.state == "draft").unlink()
            return super().action_send()
        self.mailing_id._check_may_send()
        self._check_ready()
        self._keep_series()
        self._series().action_start()
        return self.mailing_id.action_view_series()
