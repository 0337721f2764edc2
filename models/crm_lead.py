"""An index that finds one address at once; Odoo's own is for finding parts of one."""

from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    _email_normalized_equal_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
