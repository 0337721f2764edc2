"""The settings page of bulk mail, one record a company.

Odoo's own settings screen (`res.config.settings`) can be saved by system administrators alone, and `res.company` too.
Who looks after the mail need be neither, so this page has rights of its own and writes what it shows with sudo.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..core.connections import mails_per_connection
from .mailing_mailing.options_defaults import FROM_COMPANY

EXAMPLE_COUNT = 1000
DEFAULT_SEND_ENGINE = "bulk_mailing.default_send_engine"
ENFORCE = "bulk_mailing.enforce_terms_and_checks"
EDITABLE = {
    *("max_per_connection", "smtp_threads", "default_from", "undo_seconds", "give_up_days"),
    *("four_eyes", "growth_percent"),
    *("soft_bounce_limit", "soft_bounce_days", "own_return_paths"),
    *("spamd_host", "spamd_port", "spam_warning_from", "spam_error_from"),
    *("check_days", "nameservers"),
    *("default_send_engine", "enforce_terms_and_checks", "lanes"),
    *FROM_COMPANY,
}


class MailingSettings(models.Model):
    _name = "mailing.settings"
    _description = "Bulk mailing settings"
    _auto = False
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", readonly=True)
    max_per_connection = fields.Integer(related="company_id.bulk_max_per_connection", readonly=False)
    smtp_threads = fields.Integer(related="company_id.bulk_smtp_threads", readonly=False)
    connection_example = fields.Char(compute="_compute_connection_example")
    undo_seconds = fields.Integer(related="company_id.bulk_undo_seconds", readonly=False)
    give_up_days = fields.Integer(related="company_id.bulk_give_up_days", readonly=False)
    four_eyes = fields.Boolean(related="company_id.bulk_four_eyes", readonly=False)
    growth_percent = fields.Integer(related="company_id.bulk_growth_percent", readonly=False)
    default_from = fields.Char(related="company_id.bulk_default_from", readonly=False)
    default_from_problem = fields.Char(compute="_compute_default_from_problem")
    known_senders = fields.Text("Known addresses", compute="_compute_known_senders")
    mail_server_ids = fields.Many2many("ir.mail_server", compute="_compute_mail_server_ids")
    default_send_engine = fields.Selection(
        [("queue", "Bulk queue"), ("classic", "Odoo's own queue")],
        "New mailings leave through",
        compute="_compute_parameters",
        inverse="_inverse_default_send_engine",
        help="For all companies. The bulk queue is fast and knows what happened to every recipient.",
    )
    enforce_terms_and_checks = fields.Boolean(
        "Ask for terms and checks before every mailing",
        compute="_compute_parameters",
        inverse="_inverse_enforce_terms_and_checks",
        help="For all companies. Off: mailings may be sent without the sending terms and with errors in the checks.",
    )

    @property
    def _table_query(self):
        return SQL("SELECT id, id AS company_id FROM res_company")

    @api.model
    def action_open(self):
        """Open the page of the company one works in."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bulk mailing settings"),
            "res_model": self._name,
            "res_id": self.env.company.id,
            "views": [(self.env.ref("bulk_mailing.mailing_settings_view_form").id, "form")],
        }

    def write(self, vals):
        """S1: whoever may write this page (mail administrators) need have no right on what lies under it."""
        self.check_access("write")
        # as superuser, the list of servers would write servers, and through their lists whatever there is
        if not EDITABLE.issuperset(vals):
            raise AccessError(self.env._("Only what can be typed on this page can be changed here."))
        return super(MailingSettings, self.sudo()).write(vals)

    @api.depends("max_per_connection", "smtp_threads")
    @api.depends_context("lang")
    def _compute_connection_example(self):
        for settings in self:
            threads = max(1, settings.smtp_threads)
            each = mails_per_connection(settings.max_per_connection, threads)
            settings.connection_example = self.env._(
                "%(mails)s mails: %(threads)s connections at a time, each carries %(each)s; "
                "%(total)s connections in all.",
                mails=self._number(EXAMPLE_COUNT),
                threads=self._number(threads),
                each=self._number(each),
                total=self._number(-(-EXAMPLE_COUNT // each)),
            )

    def _number(self, value):
        return formatLang(self.env, value, digits=0)

    @api.depends("default_from")
    @api.depends_context("lang")
    def _compute_default_from_problem(self):
        for settings in self:
            settings.default_from_problem = settings.company_id._bulk_default_from_problem(settings.default_from)

    @api.depends("company_id")
    def _compute_known_senders(self):
        for settings in self:
            settings.known_senders = "\n".join(sorted(settings.company_id._known_sender_addresses()))

    def _compute_mail_server_ids(self):
        self.mail_server_ids = self.env.company._shared_mail_servers()

    def _compute_parameters(self):
        self.default_send_engine = self.env["mailing.mailing"]._default_send_engine()
        self.enforce_terms_and_checks = self.env["mailing.mailing"]._enforces_terms_and_checks()

    def _inverse_default_send_engine(self):
        for settings in self:
            self._set_parameter(DEFAULT_SEND_ENGINE, settings.default_send_engine or "queue")

    def _inverse_enforce_terms_and_checks(self):
        for settings in self:
            # Odoo deletes a parameter whose value is False, and none means on
            self._set_parameter(ENFORCE, str(settings.enforce_terms_and_checks))

    def _set_parameter(self, key, value):
        self.env["ir.config_parameter"].sudo().set_param(key, value)

    def action_save(self):
        """Say that the page is saved: the web client saves a form before it presses a button."""
        params = {"message": self.env._("Saved."), "type": "success"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def action_test_connections(self):
        """Ask every outgoing server whether it takes our mail; nothing is sent."""
        self.check_access("write")
        servers = self.mail_server_ids.sudo()
        problems = {server: self._connection_problem(server) for server in servers}
        all_right = self.env._("all right")
        lines = [f"{server.name}: {problem or all_right}" for server, problem in problems.items()]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Outgoing mail servers"),
                "message": "\n".join(lines) or self.env._("There is no outgoing mail server yet."),
                "type": "danger" if any(problems.values()) or not servers else "success",
                "sticky": True,
            },
        }

    def _connection_problem(self, server):
        try:
            server.test_smtp_connection()
        except UserError as error:
            return str(error)
        return ""
