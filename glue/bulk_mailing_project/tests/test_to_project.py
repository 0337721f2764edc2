"""Addresses as the tasks of a project."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.bulk_mailing.tests.browser import PatientTours

GROUPS = "base.group_user,base.group_partner_manager,bulk_mailing.group_sender"


class ToProjectCase(TransactionCase):
    """Two blocked addresses, and somebody who may send and make projects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        emails = ("ann@example.org", "bob@example.org")
        for email in emails:
            event = {"email": email, "severity": "hard", "reason": "userunknown", "source": "report"}
            cls.env["mailing.bounce"]._record([event | {"event_key": f"project:{email}"}])
        cls.env["res.partner"].create({"name": "Ann Visser", "email": emails[0]})
        cls.leader = new_test_user(cls.env, "leads.projects", groups=f"{GROUPS},project.group_project_manager")
        cls.addresses = cls.env["mailing.address"].search([("email", "in", emails)], order="email")


@tagged("post_install", "-at_install")
class TestToProject(ToProjectCase):
    def dialog(self, user, **values):
        action = self.addresses.with_user(user).action_add_to_project()
        wizard = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        wizard.write(values)
        return wizard

    def test_new(self):
        """B22: a new project has one task an address, which says whose it is and what is wrong."""
        self.dialog(self.leader, name="Addresses to repair").action_add()
        project = self.env["project.project"].search([("name", "=", "Addresses to repair")])
        ann, bob = project.task_ids.sorted(lambda task: task.mailing_address_id.email)
        self.assertEqual((ann.name, bob.name), ("Repair the address of Ann Visser", "Repair the address of somebody"))
        self.assertIn("The address does not exist", ann.description)
        self.assertEqual(ann.mailing_address_id, self.addresses[0])

    def test_existing(self):
        """B24: an existing project gets those that have no task in it yet."""
        project = self.env["project.project"].create({"name": "Spring"})
        self.dialog(self.leader, kind="existing", project_id=project.id).action_add()
        again = self.dialog(self.leader, kind="existing", project_id=project.id).action_add()
        self.assertEqual(again["params"]["message"], "Tasks in “Spring”: 0. Had a task already: 2.")
        self.assertEqual(project.task_count, 2)

    def test_deleted(self):
        """B25: an address that is deleted from the database is in no task either."""
        self.dialog(self.leader, name="Addresses to repair").action_add()
        tasks = self.env["project.task"].search([("mailing_address_id", "in", self.addresses.ids)])
        self.addresses.with_user(self.leader)._delete_everywhere()
        self.env.invalidate_all()
        self.assertNotIn("example.org", str(tasks.read(["name", "description", "mailing_address_id"])))
        self.assertFalse(tasks.mailing_address_id)

    def test_rights(self):
        """Who may not send does none of it, and who may not make projects makes none."""
        requester = new_test_user(self.env, "only.prepares", groups="base.group_user,bulk_mailing.group_requester")
        with self.assertRaises(AccessError):
            self.addresses.with_user(requester).action_add_to_project()
        sender = new_test_user(self.env, "no.projects", groups=GROUPS)
        with self.assertRaises(AccessError):
            self.dialog(sender, kind="new", name="Mine").action_add()

    def test_who_makes_no_projects(self):
        """Who may not make projects is offered those that exist, and told so; their choice gets the tasks."""
        member = new_test_user(self.env, "works.on.projects", groups=f"{GROUPS},project.group_project_user")
        wizard = self.dialog(member)
        self.assertEqual(wizard.kind, "existing")
        self.assertEqual(self.what_is_shown(wizard), ["Only project managers can make a new project.", "project_id"])
        wizard.project_id = self.env["project.project"].create({"name": "Spring"})
        wizard.action_add()
        self.assertEqual(wizard.project_id.task_ids.mailing_address_id, self.addresses)

    def test_who_makes_projects(self):
        """Who may make projects is offered both kinds, a new one first."""
        wizard = self.dialog(self.leader)
        self.assertEqual(wizard.kind, "new")
        self.assertEqual(self.what_is_shown(wizard), ["kind", "name"])

    def what_is_shown(self, wizard):
        """The fields and sentences that somebody sees in the dialog."""
        arch = etree.fromstring(wizard.get_view(view_type="form")["arch"])
        shown, values = [], {"kind": wizard.kind, "may_make_project": wizard.may_make_project}
        for node in arch.xpath("/form/group/*"):
            if not safe_eval(node.get("invisible", "0"), values):
                shown.append(node.get("name") or node.text.strip())
        return shown

    def test_button(self):
        """The button is for who may send and works on projects: one of both is not enough, in either list."""
        sender, worker = GROUPS, "base.group_user,bulk_mailing.group_requester,project.group_project_user"
        for model, view in (
            ("mailing.address", "bulk_mailing.mailing_address_view_list"),
            ("mailing.trace", "mass_mailing.mailing_trace_view_tree_mail"),
        ):
            self.assertTrue(self.has_button(model, view, f"{sender},project.group_project_user"), model)
            self.assertFalse(self.has_button(model, view, sender), model)
        self.assertFalse(self.has_button("mailing.trace", "mass_mailing.mailing_trace_view_tree_mail", worker))
        with self.assertRaises(AccessError):
            self.has_button("mailing.address", "bulk_mailing.mailing_address_view_list", worker)

    def has_button(self, model, view, groups):
        user = new_test_user(self.env, f"{model}.{groups}", groups=groups)
        arch = self.env[model].with_user(user).get_view(self.env.ref(view).id, "list")["arch"]
        return bool(etree.fromstring(arch).xpath("//header/button[@name='action_add_to_project']"))

    def test_what_is_missing(self):
        """A project without a name, and no project, are said so."""
        for values in ({"name": " "}, {"kind": "existing"}):
            with self.assertRaises(UserError):
                self.dialog(self.leader, **values).action_add()

    def test_recipients(self):
        """B13: the same from the recipients of a mailing."""
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": 1, "email": "ann@example.org"})
        action = trace.with_user(self.leader).action_add_to_project()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.address_ids, self.addresses[0])


@tagged("post_install", "-at_install")
class TestToProjectTour(ToProjectCase, PatientTours):
    def test_tour(self):
        """B22: chosen in the list of blocked addresses, and put into a new project."""
        self.start_tour("/odoo/blocked-addresses", "bulk_mailing_project_add", login=self.leader.login)
        self.env.invalidate_all()
        tasks = self.env["project.project"].search([("name", "=", "Addresses to repair")]).task_ids
        self.assertEqual(tasks.mailing_address_id, self.addresses)
