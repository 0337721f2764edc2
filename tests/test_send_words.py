"""What the four steps and the approver's dialog are called, and what they warn of."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestSendWords(PeopleCase):
    def title(self, user, **values):
        mailing = self.make_mailing(user, **values)
        return mailing.with_context(lang="en_US").action_open_send()["name"]

    def test_who_may_not_send_requests(self):
        """C15: the dialog of a requester does not say that they send."""
        self.assertEqual(self.title(self.requester), "Request sending of “News”")
        self.assertEqual(self.title(self.sender), "Send “News”")

    def test_no_code_in_titles(self):
        """C37: a placeholder in the subject is named by its field, also of a related record."""
        subject = "{{ object.name ||| you }}, from {{ object.country_id.name }}: {{ 1 + 1 }} {{ object.nope }}"
        self.assertEqual(self.title(self.sender, subject=subject), "Send “[Name], from [Country Name]: […] […]”")

    def test_no_code_in_the_approvers_title(self):
        """C15, C37: nor in the dialog in which it is decided."""
        mailing = self.make_mailing(self.requester, subject="News for {{ object.name }}")
        self.walk(self.make_wizard(mailing)).action_request()
        action = mailing.with_user(self.sender).with_context(lang="en_US").action_decide()
        self.assertEqual(action["name"], "Send “News for [Name]”?")

    def test_everybody_is_a_warning(self):
        """C16, C17: a whole database is mailed when somebody has read that; a selection needs no warning."""
        self.env["res.partner"].create({"name": "Zed", "email": "zed@example.org", "ref": "zed"})
        wizard = self.make_wizard(self.make_mailing(self.sender))
        self.walk(wizard, "audience")
        wizard.audience_kind = "everybody"
        wizard.action_next()
        warning = wizard.warning_finding_ids.with_context(lang="en_US")
        self.assertEqual((warning.code, warning.title), ("to_everybody", "It goes to everybody in Contact"))
        with self.assertRaisesRegex(UserError, "everybody"):
            wizard.action_next()
        wizard.write({"step": "audience", "mailing_domain": "[('ref', '=', 'zed')]"})
        wizard.action_next()
        self.assertFalse(wizard.finding_ids)
