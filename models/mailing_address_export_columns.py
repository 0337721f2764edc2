"""The button "Export": addresses or recipients that were chosen, as CSV or XLSX, with the columns that matter.

The file is made by Odoo's own export, which asks for the right to export once more.
"""

from odoo import models
from odoo.exceptions import AccessError, UserError

EXPORT_GROUP = "base.group_allow_export"


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def action_export(self):
        """Ask which kind of file."""
        self._check_may_act()
        return self._ask_for_export(self)

    def _ask_for_export(self, records):
        records.check_access("read")
        if not records:  # of none Odoo would export all
            raise UserError(self.env._("Choose at least one address."))
        if not self.env.user.has_group(EXPORT_GROUP):
            raise AccessError(self.env._("Who may export data may do that. Ask an administrator."))
        columns = records._export_columns()
        return {
            "type": "ir.actions.client",
            "tag": "bulk_mailing_export",
            "params": {
                "context": {"bounced_mailing_id": self.env.context.get("bounced_mailing_id", False)},
                "model": records._name,
                "ids": records.ids,
                "fields": [
                    {"name": name, "label": label, "type": records._fields[name].type}
                    for name, label in columns.items()
                ],
            },
        }

    def _export_columns(self):
        _ = self.env._
        of_mailing = {"mailing_reason": _("Why it came back")} if self.env.context.get("bounced_mailing_id") else {}
        return {
            "display_name": _("Address"),
            "people": _("Who"),
            "companies": _("Company"),
            **of_mailing,
            "is_blocked": _("Blocked"),
            "why": _("Why blocked"),
            "blocked_at": _("Blocked since"),
            "last_severity": _("Severity"),
            "hard_bounce_count": _("Hard bounces"),
            "soft_bounce_count": _("Soft bounces"),
            "last_bounce_at": _("Last bounce"),
            "last_mailing_id": _("Last mailing"),
            "last_diagnostic": _("The server's words"),
            "suggestion": _("Did you mean"),
        }


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    def action_export(self):
        """The same for the recipients of a mailing, which Odoo's own export gives to whoever may read them as well."""
        return self.env["mailing.address"]._ask_for_export(self)

    def _export_columns(self):
        _ = self.env._
        return {
            "email": _("Address"),
            "recipient_name": _("Who"),
            "recipient_company": _("Company"),
            "mass_mailing_id": _("Mailing"),
            "delivery_state": _("Delivery"),
            "trace_status": _("Status"),
            "sent_datetime": _("Sent"),
            "open_datetime": _("Opened"),
            "links_click_datetime": _("Clicked"),
            "failure_type": _("Why not"),
            "bounce_reason": _("Why it came back"),
            "bounce_severity": _("Severity"),
            "smtp_reply": _("The server's words"),
        }
