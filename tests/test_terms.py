"""The sending terms: one text in force, every version and every acceptance kept."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestTerms(PeopleCase):
    def setUp(self):
        super().setUp()
        self.terms = self.env["mailing.terms"]._current()
        self.as_admin = self.terms.with_user(self.admin)

    def publish_anew(self, body="<p>Newer rules</p>"):
        revised = self.as_admin.browse(self.as_admin.action_revise()["res_id"])
        revised.body = body
        revised.action_publish()
        return revised

    def test_there_are_terms_from_the_first_day(self):
        """C3, C4, C5: a sensible text is in force after installing, and the box says that addresses are lawful."""
        self.assertEqual(self.terms.state, "current")
        self.assertEqual(self.terms.version, 1)
        self.assertIn("lawfully", self.terms.with_context(lang="en_US").body)
        box = self.env["mailing.send"].with_context(lang="en_US").fields_get(["terms_accepted"])["terms_accepted"]
        self.assertIn("addresses lawfully", box["string"])

    def test_dutch_text(self):
        """C3: the default text exists in Dutch too."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(["bulk_mailing"], ["nl_NL"])
        self.terms.invalidate_recordset()
        dutch = self.terms.with_context(lang="nl_NL")
        self.assertEqual(dutch.name, "Onze regels voor bulkmail")
        self.assertIn("rechtmatig", dutch.body)
        self.assertIn("in te trekken", dutch.body)

    def test_publishing_makes_a_new_version(self):
        """C3: a change is a new version; the old one stays as it was."""
        body = self.terms.body
        newer = self.publish_anew()
        self.assertEqual((newer.version, newer.is_current, newer.published_by_id), (2, True, self.admin))
        self.assertEqual((self.terms.state, self.terms.is_current, self.terms.body), ("replaced", False, body))
        self.assertEqual(self.env["mailing.terms"]._current(), newer)

    def test_published_versions_stay_as_they_are(self):
        """C3: nobody changes or deletes what people have accepted, in any language."""
        self.publish_anew()
        for change in (
            lambda: self.as_admin.write({"body": "<p>Other</p>"}),
            lambda: self.as_admin.write({"state": "current"}),
            lambda: self.as_admin.update_field_translations("body", {"en_US": {"The addresses": "Hm"}}),
            lambda: self.as_admin.unlink(),
            lambda: self.as_admin.action_publish(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_draft_may_be_changed_and_deleted(self):
        """C3: until it is published, a draft is nobody's rule."""
        draft = self.as_admin.browse(self.as_admin.action_revise()["res_id"])
        draft.name = "Draft"
        self.assertEqual(self.env["mailing.terms"]._current(), self.terms)
        self.assertEqual(draft.unlink(), True)

    def test_nobody_creates_a_version_in_force(self):
        """C3: the only way into force is publishing."""
        with self.assertRaises(UserError):
            self.as_admin.create({"name": "x", "body": "<p>x</p>", "state": "current"})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_mail_administrators_edit(self):
        """C3, C15: who sends reads the terms and cannot write them."""
        for user in (self.sender, self.requester):
            self.assertTrue(self.terms.with_user(user).body)
            with self.assertRaises(AccessError):
                self.terms.with_user(user).action_publish()
            with self.assertRaises(AccessError):
                self.terms.with_user(user).write({"name": "x"})

    def test_acceptance_says_who_which_and_when(self):
        """C3: every acceptance is kept, for each mailing anew; accepting twice is accepting once."""
        mailings = self.make_mailing(self.sender) | self.make_mailing(self.sender, subject="More news")
        mailings._accept_terms()
        mailings._accept_terms()
        kept = self.env["mailing.terms.acceptance"].search([("mailing_id", "in", mailings.ids)])
        self.assertEqual(len(kept), 2)
        self.assertEqual((kept.user_id, kept.terms_id), (self.sender, self.terms))
        self.assertEqual(set(kept.mapped("mailing_subject")), {"News", "More news"})
        self.assertTrue(all(kept.mapped("accepted_at")))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_acceptances_are_kept_for_ever(self):
        """C3: nobody changes or deletes an acceptance, not even with the mailing."""
        mailing = self.make_mailing(self.sender)
        mailing._accept_terms()
        kept = self.env["mailing.terms.acceptance"].search([("mailing_id", "=", mailing.id)])
        for change in (lambda: kept.unlink(), lambda: kept.write({"user_id": self.admin.id})):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            kept.with_user(self.sender).read(["user_id"])
        self.assertEqual(kept.with_user(self.admin).user_id, self.sender)
        mailing.sudo().unlink()
        self.env.invalidate_all()
        self.assertEqual((kept.exists(), kept.mailing_subject), (kept, "News"))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_an_acceptance_for_another(self):
        """C3: acceptances come from the steps, never from a request of one's own."""
        for user in (self.sender, self.admin):
            with self.assertRaises(AccessError):
                self.env["mailing.terms.acceptance"].with_user(user).create(
                    {"user_id": self.requester.id, "terms_id": self.terms.id}
                )
