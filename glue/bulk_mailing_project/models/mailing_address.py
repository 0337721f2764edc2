"""Addresses that were chosen, as the tasks of a project."""

from odoo import models


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def action_add_to_project(self):
        """Ask in which project they are to be put right."""
        return self._ask("mailing.address.to.project", self.env._("Add to a project"))
