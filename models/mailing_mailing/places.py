"""The web client is led to a field: `static/src/go_to` does what these actions say."""

from odoo import models

FORM = "mass_mailing.view_mail_mass_mailing_form"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def action_view_report(self):
        """Show what the checks found, on the mailing's form."""
        self.ensure_one()
        self.check_access("read")
        return self._show_on_form("bulk_report", ["finding_ids"])

    def _show_on_form(self, page, names):
        """Show the first of these fields that stands on the form's page, or above the pages."""
        return self._go_to({"page": page, "form": self.env.ref(FORM).id, "fields": names})

    def _show_in_steps(self, names):
        """Show the first of these fields that stands in the four steps, which are open."""
        return self._go_to({"in_steps": True, "fields": names})

    def _go_to(self, place):
        return {
            "type": "ir.actions.client",
            "tag": "bulk_mailing.go_to",
            "params": {"mailing_id": self.id, **place},
        }
