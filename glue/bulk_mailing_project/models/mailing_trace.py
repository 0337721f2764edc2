"""Recipients of a mailing, as the tasks of a project."""

from lxml import etree

from odoo import api, models


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Without the button for who may only prepare mailings: they may read recipients, and do nothing with them."""
        result = super().get_view(view_id, view_type, **options)
        # Two groups in a button's `groups` mean either, and a list's header takes no <t> around it for the second
        if "action_add_to_project" in result["arch"] and not self.env["mailing.mailing"]._may_send():
            arch = etree.fromstring(result["arch"])
            for button in arch.xpath("//button[@name='action_add_to_project']"):
                button.getparent().remove(button)
            result["arch"] = etree.tostring(arch, encoding="unicode")
        return result

    def action_add_to_project(self):
        return self._addresses().action_add_to_project()
