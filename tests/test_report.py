"""The report of the checks: on the mailing's form, and from each finding to where it is mended."""

import re
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.bulk_mailing.core import checks
from odoo.addons.bulk_mailing.models.mailing_finding_place import FORM, STEPS, page_of, step_of

from .people import BODY, PeopleCase

HELLO = BODY.replace("Hello", 'Hello <t t-out="object.name"/>')


@tagged("post_install", "-at_install")
class TestReport(PeopleCase):
    def found(self, code, user=None, **values):
        """The finding of a mailing in which this is wrong, as the user sees it."""
        mailing = self.make_mailing(user or self.sender, **values)
        mailing.action_run_checks()
        return mailing.finding_ids.filtered(lambda finding: finding.code == code).ensure_one()

    def test_to_a_page_of_the_form(self):
        """C36: what is mended on the form is shown there, on its page."""
        finding = self.found("from_invalid", email_from="nobody")
        self.assertTrue(finding.is_reachable)
        params = finding.action_go_to()["params"]
        self.assertEqual((params["mailing_id"], params["page"]), (finding.mailing_id.id, "settings"))
        self.assertEqual(params["fields"], ["email_from"])

    def test_to_a_step(self):
        """C36: with the four steps open, an option is shown in its step; without them on the form."""
        finding = self.found("placeholders_not_filled", personalize=False, body_html=HELLO, body_arch=HELLO)
        steps = self.walk(self.make_wizard(finding.mailing_id), "checks")
        params = finding.with_context(in_steps=steps.id).action_go_to()["params"]
        self.assertTrue(params["in_steps"])
        self.assertEqual((steps.step, params["fields"]), ("audience", ["personalize"]))
        self.assertEqual(finding.action_go_to()["params"]["page"], "settings")

    def test_not_into_other_steps(self):
        """C36: the steps of another mailing stay where they are."""
        steps = self.walk(self.make_wizard(self.make_mailing(self.sender)), "checks")
        finding = self.found("placeholders_not_filled", personalize=False, body_html=HELLO, body_arch=HELLO)
        self.assertNotIn("in_steps", finding.with_context(in_steps=steps.id).action_go_to()["params"])
        self.assertEqual(steps.step, "checks")

    def test_who_gets_it(self):
        """C36: recipients are mended where they are chosen, be it lists or a selection."""
        empty = self.env["mailing.list"].create({"name": "Empty", "usable_for_mailing": True})
        finding = self.found("no_recipients", contact_list_ids=[(6, 0, empty.ids)])
        params = finding.action_go_to()["params"]
        self.assertEqual(params["page"], "")
        self.assertIn("contact_list_ids", params["fields"])

    def test_only_where_there_is_something_to_mend(self):
        """C36: nobody is led to what they do not see, nor into a mailing that has left."""
        lost = {"send_engine": "classic", "is_test_send": True}
        finding = self.found("option_lost_in_classic", self.admin, **lost)
        finding.sudo().field_name = "send_engine"
        self.assertTrue(finding.is_reachable)
        self.assertFalse(finding.with_user(self.sender).is_reachable)
        finding.mailing_id.sudo().state = "done"
        self.assertFalse(finding.is_reachable)

    def test_every_check_leads_somewhere(self):
        """C36: the field that a check names is on the form, or in the steps."""
        sources = [path.read_text() for path in Path(checks.__file__).parent.glob("*.py")]
        named = {
            name for line in re.findall(r"field=(.*)", "\n".join(sources)) for name in re.findall(r'"(\w+)"', line)
        }
        self.assertIn("email_from", named)
        findings = self.env["mailing.finding"].with_user(self.admin)
        form, steps = findings._arch(FORM), findings._arch(STEPS)
        lost = [name for name in named if page_of(form, name) is None and step_of(steps, name) is None]
        self.assertFalse(lost)

    def test_what_stops_comes_first(self):
        """C35: errors before warnings before hints, whatever check found them."""
        large = "<p>" + "x" * 105_000 + '</p><a href="/unsubscribe_from_list">Unsubscribe</a>'
        mailing = self.make_mailing(self.sender, body_html=large, subject="{{ object.nope }}", personalize=False)
        mailing.action_run_checks()
        severities = mailing.finding_ids.mapped("severity")
        self.assertEqual(severities, sorted(severities, key=["error", "warning", "info"].index))
        self.assertEqual(set(severities), {"error", "warning"})

    def test_the_report(self):
        """C36: the report is a page of the form, which says so while nothing has been checked."""
        mailing = self.make_mailing(self.requester)
        self.assertFalse(mailing.checked_at)
        self.assertEqual(mailing.action_view_report()["params"]["page"], "bulk_report")
