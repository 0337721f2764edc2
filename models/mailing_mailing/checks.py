"""The checks before sending: the mailing becomes a draft of plain values, core looks at it, the findings are kept."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import checks
from ...core.finding import Severity


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    finding_ids = fields.One2many("mailing.finding", "mailing_id", readonly=True)
    checked_at = fields.Datetime(readonly=True, copy=False)
    error_count = fields.Integer(compute="_compute_finding_counts")
    warning_count = fields.Integer(compute="_compute_finding_counts")
    unread_warning_count = fields.Integer(compute="_compute_finding_counts")
    info_count = fields.Integer(compute="_compute_finding_counts")
    passed_count = fields.Integer("Checks passed", readonly=True, copy=False)

    @api.depends("finding_ids.severity", "finding_ids.acknowledged_by_id")
    def _compute_finding_counts(self):
        for mailing in self:
            severities = mailing.finding_ids.mapped("severity")
            mailing.error_count = severities.count(Severity.ERROR.value)
            mailing.warning_count = severities.count(Severity.WARNING.value)
            mailing.info_count = severities.count(Severity.INFO.value)
            mailing.unread_warning_count = len(mailing._unread_warnings())

    def _unread_warnings(self):
        return self.finding_ids.filtered(lambda f: f.severity == Severity.WARNING.value and not f.acknowledged_by_id)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_run_checks(self):
        """Look at the mailing as it is now, and keep what is found."""
        self.check_access("write")
        for mailing in self:
            report = checks.report(mailing._draft())
            checked = mailing.sudo()  # findings are written by the checks, never by people
            checked.env["mailing.finding"]._replace(checked, report.findings)
            checked.write({"checked_at": fields.Datetime.now(), "passed_count": report.passed_count})
        return True

    def action_acknowledge_warnings(self):
        """Note that the current user has read the warnings."""
        self.check_access("write")
        for mailing in self:
            unread = mailing._unread_warnings()
            if unread:
                unread.sudo()._acknowledge()
                titles = ", ".join(unread.mapped("title"))
                mailing._message_log(body=self.env._("Read the warnings of the checks: %(titles)s", titles=titles))
        return True

    def _check_findings(self):
        """Run the checks; raise if they found an error, or a warning that nobody has read."""
        self.action_run_checks()
        self._check_no_errors()
        self._check_warnings_read()

    def _check_no_errors(self):
        errors = self.finding_ids.filtered(lambda finding: finding.severity == Severity.ERROR.value)
        if errors:
            raise UserError(
                self.env._(
                    "These things must be mended before “%(subject)s” can be sent:\n%(errors)s",
                    subject=self._subject_in_words(),
                    errors=errors._as_lines(),
                )
            )

    def _check_warnings_read(self):
        unread = self._unread_warnings()
        if unread:
            raise UserError(
                self.env._(
                    "Read these warnings about “%(subject)s” and say that you have read them:\n%(warnings)s",
                    subject=self._subject_in_words(),
                    warnings=unread._as_lines(),
                )
            )

    # ------------------------------------------------------------
    # The draft
    # ------------------------------------------------------------

    def _draft(self):
        """The mailing as the checks see it."""
        self.ensure_one()
        audience = self._count_audience()
        return checks.Draft(
            subject=self.subject or "",
            preview=self.preview or "",
            email_from=self.email_from or "",
            recipient_count=audience["to_send"],
            excluded_count=sum(audience["excluded"].values()),
            unknown_placeholders=self._unknown_placeholders(),
            has_server_for_from=self._has_server_for_from(),
            obstacle_to_compiling=self._obstacle_to_compiling(),
            signing_domain=self._signing_domain(),
            uses_queue=self._uses_queue(),
            is_test_send=self.is_test_send,
            is_ab_test=self.ab_testing_enabled,
            everybody_in=self.mailing_model_id.sudo().name if self._audience_kind() == "everybody" else "",
            unusable_targets=tuple(self._unusable_targets()),
            uncopied_pictures=self._uncopied_pictures(),
            rate_per_minute=self.rate_per_minute,
            has_chosen_email_field=bool(self._chosen_email_field()),
            **self._draft_of_addresses(),
            **self._draft_content(),
            **self._draft_of_pictures(),
            **self._draft_of_spam(),
        )

    def _unknown_placeholders(self):
        """Placeholders that the recipients' model does not have, as written."""
        known = {"object", *self._render_eval_context()}
        return tuple(name for name in self._placeholders() if not self._is_known(name, known))

    def _is_known(self, name, known):
        root, *path = name.split(".")
        if root != "object":
            return root in known
        model = self.env[self.mailing_model_real]
        for part in path:
            field = model._fields.get(part)
            if field is None:
                return hasattr(model, part)  # a method or attribute; what follows it only shows when it is filled in
            if not field.relational:
                return True  # as above: object.create_date.year
            model = self.env[field.comodel_name]
        return True

    def _has_server_for_from(self):
        """Whether a mail server sends for the From, so that Odoo need not put another address in its place."""
        servers = self.env["ir.mail_server"].sudo()
        server = self.mail_server_id.sudo() or servers._find_mail_server(self.email_from)[0]
        from_filter = server.from_filter if server else servers._get_default_from_filter()
        return servers._match_from_filter(self.email_from, from_filter)
