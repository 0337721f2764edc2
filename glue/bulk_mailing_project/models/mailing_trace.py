"""Recipients of a mailing, as the tasks of a project."""

from odoo import models


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    def action_add_to_project(self):
        return self._addresses().action_add_to_project()
