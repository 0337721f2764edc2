"""A mailing that is sent again and again: the mailing it is made from, the rule, and who answers for it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..mailing_recurrence import RULE_FIELDS

# written by the server alone: they decide whether and when mail leaves, and by whose rights
SERVER_FIELDS = {"state", "next_at", "started_by_id", "fingerprint"}


class MailingSeries(models.Model):
    _name = "mailing.series"
    _description = "Periodic Mailing"
    _inherit = ["mail.thread", "mail.activity.mixin", "mailing.recurrence"]
    _order = "next_at, id desc"

    mailing_id = fields.Many2one(
        "mailing.mailing",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("state", "=", "draft"), ("mailing_type", "=", "mail")],
        help="It stays a draft. Each time a copy of it is sent, with its content and its recipients as they are then.",
    )
    name = fields.Char("Subject", related="mailing_id.subject")
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        default=lambda self: self.env.user,
        required=True,
        tracking=True,
        help="Who is told when a date is held or skipped.",
    )
    started_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, help="Who started it. It is sent with the rights of this person."
    )
    state = fields.Selection(
        [
            ("draft", "Prepared"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Finished"),
            ("stopped", "Stopped"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    send_on = fields.Date("First day", required=True)
    send_time = fields.Float("Time", default=9.0, required=True)
    timezone = fields.Selection(_tz_get, "Time zone", required=True, default=lambda self: self.env.user.tz or "UTC")
    late_limit_hours = fields.Integer(
        "Hours it may be late",
        default=6,
        required=True,
        help="When the server was down at the time, it is sent as soon as it is back, but no later than this. "
        "After that the date is skipped, and the owner is told.",
    )
    fingerprint = fields.Json(readonly=True, copy=False)  # of what who may send has seen last
    next_at = fields.Datetime("Next", readonly=True, copy=False, index=True)
    run_ids = fields.One2many("mailing.series.run", "series_id", "Past dates", readonly=True)

    rule_in_words = fields.Char("When", compute="_compute_rule_in_words")

    _one_at_a_time = models.UniqueIndex(
        "(mailing_id) WHERE state IN ('draft', 'running', 'paused')",
        "This mailing is repeated already. Change its series instead.",
    )
    _late_limit_is_positive = models.Constraint("CHECK (late_limit_hours > 0)", "Hours it may be late: 1 or more.")

    @api.depends(*RULE_FIELDS)
    @api.depends_context("lang")
    def _compute_rule_in_words(self):
        for series in self:
            series.rule_in_words = series._recurrence_in_words()

    @api.constrains(*RULE_FIELDS)
    def _check_rule(self):
        for series in self:
            if sentence := series._recurrence_problem():
                raise ValidationError(sentence)

    @api.model_create_multi
    def create(self, vals_list):
        series = super().create(vals_list)
        if not self.env.su and any(
            each.state != "draft" or each.next_at or each.started_by_id or each.fingerprint for each in series
        ):
            self._refuse_server_fields()  # the records, not the values: defaults may come with the context
        return series

    def write(self, vals):
        self.check_access("write")
        if not self.env.su and SERVER_FIELDS & vals.keys():
            self._refuse_server_fields()
        if "mailing_id" in vals and any(series.state != "draft" for series in self):
            raise UserError(self.env._("It has been started. Make a new series for another mailing."))
        result = super().write(vals)
        if vals.keys() & set(RULE_FIELDS):
            self.filtered(lambda series: series.state == "running")._plan_anew()
            self.mailing_id._requested()._withdraw_if_changed()
        return result

    def _refuse_server_fields(self):
        raise AccessError(self.env._("A series is started, paused and stopped by its buttons."))

    @api.ondelete(at_uninstall=False)
    def _unlink_not_running(self):
        if any(series.state == "running" for series in self):
            raise UserError(self.env._("Stop the series before you delete it."))
