"""Sending in four steps: terms, who and when, checks, overview.

What is chosen is written on the mailing at once; the wizard itself is forgotten after some hours.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

STEPS = ("terms", "audience", "checks", "review")


class MailingSend(models.TransientModel):
    _name = "mailing.send"
    _description = "Send a Mailing in Four Steps"
    _transient_max_hours = 10  # as long as the other wizards of Email Marketing

    mailing_id = fields.Many2one("mailing.mailing", required=True, readonly=True, ondelete="cascade")
    step = fields.Selection(
        [("terms", "Terms"), ("audience", "Who and when"), ("checks", "Checks"), ("review", "Overview")],
        default="terms",
        required=True,
    )
    is_confirming = fields.Boolean(help="The last question has been asked and not been answered.")
    must_request = fields.Boolean(compute="_compute_must_request")  # not related: that reads as superuser
    senders_in_words = fields.Char(compute="_compute_senders_in_words")

    # step 1
    terms_id = fields.Many2one("mailing.terms", compute="_compute_terms_id")
    terms_name = fields.Char("Name of the terms", related="terms_id.display_name")
    terms_body = fields.Html(related="terms_id.body")
    terms_published_at = fields.Datetime(related="terms_id.published_at")
    terms_accepted = fields.Boolean("I have the addresses lawfully, and I keep to the rules.")
    terms_accepted_at = fields.Datetime(compute="_compute_terms_id", help="When you accepted these terms before.")

    # the mailing's options, written on it at once
    subject = fields.Char(related="mailing_id.display_name", string="Subject")
    email_from = fields.Char(related="mailing_id.email_from")
    description = fields.Text(related="mailing_id.description", readonly=False)

    # step 3
    finding_ids = fields.One2many(related="mailing_id.finding_ids")
    error_finding_ids = fields.One2many("mailing.finding", compute="_compute_findings")
    warning_finding_ids = fields.One2many("mailing.finding", compute="_compute_findings")
    info_finding_ids = fields.One2many("mailing.finding", compute="_compute_findings")
    error_count = fields.Integer(related="mailing_id.error_count")
    warning_count = fields.Integer(related="mailing_id.warning_count")
    unread_warning_count = fields.Integer(related="mailing_id.unread_warning_count")
    info_count = fields.Integer(related="mailing_id.info_count")
    passed_count = fields.Integer(related="mailing_id.passed_count")

    @api.depends("mailing_id")
    def _compute_terms_id(self):
        terms = self.env["mailing.terms"]._current()
        for wizard in self:
            wizard.terms_id = terms
            wizard.terms_accepted_at = wizard.mailing_id._own_acceptance().accepted_at

    @api.depends("finding_ids.severity")
    def _compute_findings(self):
        for wizard in self:
            for severity in ("error", "warning", "info"):
                own = wizard.finding_ids.filtered(lambda finding, severity=severity: finding.severity == severity)
                wizard[f"{severity}_finding_ids"] = own

    @api.depends("mailing_id")
    @api.depends_context("uid")
    def _compute_must_request(self):
        for wizard in self:
            wizard.must_request = wizard.mailing_id.must_request

    @api.depends("mailing_id")
    @api.depends_context("uid")
    def _compute_senders_in_words(self):
        for wizard in self:
            wizard.senders_in_words = ", ".join(wizard.mailing_id._deciders().mapped("name")[:5])

    # ------------------------------------------------------------
    # Going from step to step
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_is_draft()
        return wizards

    def write(self, vals):
        """Write; a later `step` is only entered when every step before it may be left."""
        step = vals.get("step")
        if not step:
            return super().write(vals)
        super().write({name: value for name, value in vals.items() if name != "step"})
        for wizard in self:
            wizard._check_way_to(step)
        return super().write({"step": step, "is_confirming": False})

    def _resume(self):
        """Begin after the terms if they have been accepted for this mailing, and where this user was before."""
        if self.terms_id and not self.terms_accepted_at:
            return
        self.terms_accepted = True
        earlier = self.search(
            [("mailing_id", "=", self.mailing_id.id), ("create_uid", "=", self.env.uid), ("id", "<", self.id)],
            order="id desc",
            limit=1,
        )
        for step in STEPS[1 : max(STEPS.index(earlier.step or "terms"), 1) + 1]:
            try:
                self.step = step
            except UserError:  # what has changed since has to be seen to in the step before
                return

    def _check_way_to(self, step):
        """Leave every step between this one and a later one, or raise."""
        for current in STEPS[STEPS.index(self.step) : STEPS.index(step)]:
            self._check_may_leave(current)
            self._enter(STEPS[STEPS.index(current) + 1])

    def _check_may_leave(self, step):
        """Raise UserError naming what is missing."""
        self._check_is_draft()
        if step == "terms":
            self._leave_terms()
        elif step == "audience":
            self._check_audience()
            self._check_when()
        elif step == "checks":
            self.mailing_id._check_no_errors()
            self.mailing_id._check_warnings_read()

    def _enter(self, step):
        if step == "checks":
            self.mailing_id.action_run_checks()

    def _leave_terms(self):
        if self.terms_id and not self.terms_accepted:
            raise UserError(self.env._("Read the terms, and tick the box below them to go on."))
        self.mailing_id._accept_terms()

    def _check_is_draft(self):
        for mailing in self.mailing_id:
            mailing._check_is_draft()

    def action_next(self):
        """Go to the next step, or say what is missing."""
        self.ensure_one()
        self.step = STEPS[min(STEPS.index(self.step) + 1, len(STEPS) - 1)]
        return self._reopen()

    def action_back(self):
        """Go back a step."""
        self.ensure_one()
        if self.is_confirming:
            return self.action_not_yet()
        self.step = STEPS[max(STEPS.index(self.step) - 1, 0)]
        return self._reopen()

    def action_go_to_step(self):
        """Go to the step that the button's context names."""
        self.step = self.env.context["step"]
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _title(self):
        """What the dialog is about: who may not send asks for it."""
        subject = self.mailing_id._subject_in_words()
        if self.must_request:
            return self.env._("Request sending of “%(subject)s”", subject=subject)
        return self.env._("Send “%(subject)s”", subject=subject)

    # ------------------------------------------------------------
    # Checks, and the end
    # ------------------------------------------------------------

    def action_check_again(self):
        """Look at the mailing once more."""
        self.mailing_id.action_run_checks()
        return self._reopen()

    def action_acknowledge_warnings(self):
        """Note that the user has read the warnings."""
        self.mailing_id.action_acknowledge_warnings()
        return self._reopen()

    def action_ask(self):
        """Ask once more, naming the number of recipients."""
        self.mailing_id._check_may_send()
        self._check_may_leave("checks")
        self.is_confirming = True
        return self._reopen()

    def action_not_yet(self):
        """Take the last question back."""
        self.is_confirming = False
        return self._reopen()

    def action_send(self):
        """Hand the mailing over for sending, now or at the chosen moment, and show it.

        Raises AccessError for who may only request, UserError for what is missing; the mailing then stays as it was.
        """
        self.ensure_one()
        mailing = self.mailing_id
        mailing._check_may_send()
        self._check_ready()
        mailing.write(self._schedule_values())
        mailing.action_put_in_queue()
        if self.when == "now" and mailing._uses_queue():
            mailing._allow_undo()
        return self._open_mailing()

    def action_request(self):
        """Ask those who may send to send it as it is now, and show it."""
        self.ensure_one()
        self._check_ready()
        self.mailing_id._request_sending(self._schedule_values())
        return self._open_mailing()

    def _check_ready(self):
        """Raise unless every step may be left."""
        self._check_is_draft()
        self.step = "review"  # through the steps that are left, each with its conditions
        self._check_audience()
        self._check_when()  # while the last question stood on the screen, the moment may have passed

    def _open_mailing(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "mailing.mailing",
            "res_id": self.mailing_id.id,
            "views": [[False, "form"]],
        }
