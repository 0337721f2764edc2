"""The recipients of a mailing: the same that can be done with blocked addresses."""

from odoo import models
from odoo.exceptions import UserError


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    def action_clear_bounces(self):
        return self._addresses().action_clear_bounces()

    def action_add_to_list(self):
        return self._addresses().action_add_to_list()

    def action_delete_addresses(self):
        return self._addresses().action_delete()

    def action_correct_address(self):
        self.ensure_one()
        return self._addresses().action_correct()

    def action_set_former_employee(self):
        return self._addresses().action_set_former_employee()

    def _addresses(self):
        """What is known of their addresses; of whom nothing was known is noted."""
        addresses = self.env["mailing.address"]
        addresses._check_may_act()
        self.check_access("read")
        keys, others = addresses._spellings(email for email in self.mapped("email") if email)
        if not self:
            raise UserError(self.env._("Choose at least one address."))
        if not keys:
            raise UserError(self.env._("The recipients chosen have no address."))
        # sudo: only the server notes addresses
        ids = self.env["mailing.bounce"].sudo()._addresses(keys, others)
        # one that was deleted and came back unseen is blocked before anybody acts on it
        self.env["mailing.address.deleted"]._block_again(keys)
        return addresses.browse(ids.values())
