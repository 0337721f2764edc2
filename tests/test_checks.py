"""The checks on a mailing: what is found is kept, and so is who has read it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.bulk_mailing.core.checks import CHECKS

from .people import BODY, PeopleCase

LARGE = BODY + "<p>" + "x" * 105_000 + "</p>"


@tagged("post_install", "-at_install")
class TestChecks(PeopleCase):
    def found(self, **values):
        mailing = self.make_mailing(self.sender, **values)
        mailing.action_run_checks()
        return mailing.finding_ids.mapped("code")

    def test_nothing_against_a_good_mailing(self):
        """C9: a good mailing passes all."""
        mailing = self.make_mailing(self.sender)
        mailing.action_run_checks()
        self.assertFalse(mailing.finding_ids)
        self.assertEqual(mailing.passed_count, len(CHECKS))
        self.assertTrue(mailing.checked_at)

    def test_what_the_checks_find(self):
        """C9, C10, C35: each of the checks finds its fault in a real mailing."""
        empty = self.env["mailing.list"].create({"name": "Empty", "usable_for_mailing": True})
        for values, code in (
            ({"body_html": "<p>Hello</p>"}, "no_unsubscribe_link"),
            ({"email_from": "nobody"}, "from_invalid"),
            ({"subject": " "}, "empty_subject"),
            ({"body_html": "<p><br/></p>"}, "empty_body"),
            ({"contact_list_ids": [(6, 0, empty.ids)]}, "no_recipients"),
            ({"subject": "Dear {{ object.nickname }}"}, "unknown_placeholder"),
            ({"body_html": LARGE}, "body_too_large"),
        ):
            with self.subTest(code=code):
                self.assertIn(code, self.found(**values))

    def test_no_server_for_from(self):
        """C9, A29: a From that no outgoing server sends for; a server for the domain, or for all, is enough."""
        server = self.env["ir.mail_server"].create(
            {"name": "x", "smtp_host": "localhost", "from_filter": "other.example"}
        )
        self.assertEqual(self.found(), ["no_server_for_from"])
        for from_filter in ("example.org", "news@example.org", "other.example, example.org", False):
            server.from_filter = from_filter
            self.assertFalse(self.found(), from_filter)

    def test_placeholders(self):
        """C26: fields, fields of related records and methods are known; what is not there is named."""
        mailing = self.make_mailing(self.sender, subject="{{ object.country_id.name }} {{ object.name ||| you }}")
        self.assertFalse(mailing._unknown_placeholders())
        mailing.preview = (
            "{{ object.country_id.nope }} {{ first_name }} {{ format_date(object.create_date) }} {{ user.name }}"
        )
        self.assertEqual(mailing._unknown_placeholders(), ("object.country_id.nope", "first_name"))

    def test_an_error_blocks(self):
        """C9: a mailing with an error does not leave the draft, and says why."""
        mailing = self.make_mailing(self.sender, body_html="<p>Hello</p>")
        mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "unsubscribe link"):
            mailing.action_put_in_queue()
        self.assertEqual(mailing.state, "draft")

    def test_a_warning_must_be_read(self):
        """C35: a warning lets the mailing go once somebody has read it; who, and when, is kept."""
        mailing = self.make_mailing(self.sender, body_html=LARGE)
        mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "Gmail"):
            mailing.action_put_in_queue()
        mailing.action_run_checks()
        mailing.action_acknowledge_warnings()
        self.assertEqual(mailing.finding_ids.acknowledged_by_id, self.sender)
        self.assertTrue(mailing.finding_ids.acknowledged_at)
        self.assertIn("Gmail", mailing.message_ids[0].body)
        mailing.action_put_in_queue()
        self.assertEqual(mailing.state, "in_queue")

    def test_what_was_read_stays_read_while_it_stands(self):
        """C35: checking again keeps who has read a warning; one that went and came back is new."""
        mailing = self.make_mailing(self.sender, body_html=LARGE)
        mailing.action_run_checks()
        mailing.action_acknowledge_warnings()
        mailing.body_html = LARGE + "<p>" + "y" * 5000 + "</p>"
        mailing.with_user(self.admin).action_run_checks()
        self.assertEqual(mailing.finding_ids.acknowledged_by_id, self.sender)
        self.assertEqual(mailing.unread_warning_count, 0)
        mailing.body_html = BODY
        mailing.action_run_checks()
        self.assertFalse(mailing.finding_ids)
        mailing.body_html = LARGE
        mailing.action_run_checks()
        self.assertEqual(mailing.unread_warning_count, 1)

    def test_findings_speak_the_readers_language(self):
        """C35: title, explanation and remedy are made from source and values when they are read."""
        mailing = self.make_mailing(self.sender, subject="{{ object.nope }}")
        mailing.action_run_checks()
        finding = mailing.finding_ids
        self.assertEqual(finding.with_context(lang="en_US").title, "The placeholder “object.nope” does not exist")
        self.assertEqual((finding.severity, finding.field_name), ("error", "body_arch"))

    def test_a_requester_may_check(self):
        """C15: who prepares a mailing runs the checks on it, and reads the warnings."""
        mailing = self.make_mailing(self.requester, body_html=LARGE)
        mailing.action_run_checks()
        mailing.action_acknowledge_warnings()
        self.assertEqual(mailing.finding_ids.acknowledged_by_id, self.requester)
