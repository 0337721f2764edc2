"""Odoo's merge of contacts: what marks one of them as a former employee says nothing of the other."""

from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        # stock copies each value that the destination has not, and a mark that is off is none; who has no address, or
        # is archived, may get the former one's, which is still not to be mailed
        works_here = dst_partner.active and dst_partner.email_normalized and not dst_partner.is_former_employee
        super()._update_values(src_partners, dst_partner)
        if works_here:
            dst_partner.is_former_employee = False
