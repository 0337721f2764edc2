"""The dialog that adds addresses to a project, new or existing: one task for each."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MailingAddressToProject(models.TransientModel):
    _name = "mailing.address.to.project"
    _description = "Add Addresses to a Project"

    address_ids = fields.Many2many("mailing.address", readonly=True)
    kind = fields.Selection(
        [("new", "A new project"), ("existing", "An existing project")],
        required=True,
        default=lambda self: "new" if self._may_make_project() else "existing",
    )
    may_make_project = fields.Boolean("May make a new project", compute="_compute_may_make_project")
    name = fields.Char("Name of the project")
    project_id = fields.Many2one("project.project")

    @api.depends_context("uid")
    def _compute_may_make_project(self):
        self.may_make_project = self._may_make_project()

    def _may_make_project(self):
        return self.env["project.project"].has_access("create")

    def action_add(self):
        """Make one task an address; who has one in the project already gets no second."""
        self.ensure_one()
        self.address_ids._check_may_act()
        project, tasks = self._chosen(), self.env["project.task"]
        already = tasks.search(
            [("project_id", "=", project.id), ("mailing_address_id", "in", self.address_ids.ids)]
        ).mailing_address_id
        made = tasks.create([self._task(project, address) for address in self.address_ids - already])
        told = self.env._("Tasks in “%(name)s”: %(count)d.", name=project.name, count=len(made))
        if already:
            told += " " + self.env._("Had a task already: %(count)d.", count=len(already))
        return self.address_ids._tell(told)

    def _chosen(self):
        if self.kind == "existing":
            if not self.project_id:
                raise UserError(self.env._("Choose the project."))
            return self.project_id
        if not (self.name or "").strip():
            raise UserError(self.env._("Give the new project a name."))
        return self.env["project.project"].create({"name": self.name.strip()})

    def _task(self, project, address):
        why = dict(address._fields["why"]._description_selection(self.env)).get(address.why, "")
        people = address.people or self.env._("somebody")
        return {
            "name": self.env._("Repair the address of %(people)s", people=people),
            "project_id": project.id,
            "mailing_address_id": address.id,
            "description": why,
        }
