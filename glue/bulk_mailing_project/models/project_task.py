"""A task that puts an address right."""

from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    # The address stands nowhere else in the task, so that it is gone when somebody deletes it from the database
    mailing_address_id = fields.Many2one(
        "mailing.address",
        "Address to repair",
        index="btree_not_null",
        ondelete="set null",
        groups="mass_mailing.group_mass_mailing_user",
    )
