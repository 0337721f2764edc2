"""Pictures from elsewhere: copied before the checks, named in the body from then on, listed with what failed."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.bulk_mailing.models.mailing_mailing import pictures

from .people import PeopleCase
from .pictures_case import PicturesMixin
from .web_server import answer, picture


@tagged("post_install", "-at_install")
class TestPictures(PicturesMixin, PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()

    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.requester, **self.with_pictures(self.there, self.gone))

    def listed(self, mailing=None):
        """URL, state and reason of each picture in the list."""
        mailing = mailing or self.mailing
        return {p.url: (p.state, p.reason) for p in mailing.picture_ids}

    def test_copied_on_the_way_to_the_checks(self):
        """C29: the body names our copy, in the designer too; what failed stays, is listed, and is a warning."""
        wizard = self.walk(self.make_wizard(self.mailing), "checks")
        copied = self.mailing.picture_ids.filtered(lambda p: p.state == "copied")
        self.assertEqual(copied.attachment_id.raw, self.picture)
        self.assertEqual((copied.kind, copied.size_in_words), ("PNG, 60 × 40", "1 kB"))
        self.assertFalse((self.mailing.picture_ids - copied).kind)
        ours = f'src="/web/image/{copied.attachment_id.id}?access_token={copied.attachment_id.access_token}"'
        for body in (self.mailing.body_html, self.mailing.body_arch):
            self.assertIn(ours, body)
            self.assertIn(f'src="{self.gone}"', body)
            self.assertNotIn(self.there, body)
        reason = "The other server says that there is nothing (404)."
        self.assertEqual(self.listed(), {self.there: ("copied", False), self.gone: ("failed", reason)})
        [warning] = wizard.warning_finding_ids
        self.assertEqual(warning.code, "uncopied_pictures")
        self.assertEqual(warning.explanation, f"Still elsewhere: 1. The first is {self.gone}: {reason}")

    def test_recipients_can_load_it(self):
        """C29: who has no account can fetch the copy by the address in the mail, and only with its token."""
        self.mailing._copy_new_pictures()
        copy = self.mailing.picture_ids.attachment_id
        binary = self.env["ir.binary"].with_user(self.env.ref("base.public_user"))
        self.assertTrue(binary._find_record(res_id=copy.id, access_token=copy.access_token))
        with self.assertRaises(AccessError):
            binary._find_record(res_id=copy.id)

    def test_off(self):
        """C29: nothing is fetched, and nothing said, unless it was chosen."""
        mailing = self.make_mailing(self.sender, **self.with_pictures(self.there, host_external_images=False))
        wizard = self.walk(self.make_wizard(mailing), "checks")
        self.assertFalse(self.web.asked)
        self.assertFalse(wizard.warning_finding_ids)

    def test_each_once(self):
        """C29: walking back and forth asks for nothing again, and the same bytes are kept once."""
        again = self.web.url("/again.png", "pictures.example")
        self.mailing.write(self.with_pictures(self.there, again, self.there, self.gone))
        wizard = self.walk(self.make_wizard(self.mailing), "checks")
        wizard.action_back()
        wizard.action_next()
        self.assertEqual(sorted(self.web.paths), ["/again.png", "/gone.png", "/there.png"])
        self.assertEqual(len(self.mailing.picture_ids.attachment_id), 1)
        # the designer's own undo brings the address back
        self.mailing.write(self.with_pictures(self.there))
        self.mailing._copy_new_pictures()
        self.assertNotIn(self.there, self.mailing.body_html)
        self.assertEqual(len(self.web.asked), 3)

    def test_try_again(self):
        """C29: a failed one is tried again, alone or with the rest."""
        self.mailing._copy_new_pictures()
        failed = self.mailing.picture_ids.filtered(lambda p: p.state == "failed")
        self.web.pages["/gone.png"] = answer(picture(colour="blue"))
        failed.action_try_again()
        self.assertEqual(failed.state, "copied")
        self.assertFalse(failed.reason)
        self.assertNotIn(self.gone, self.mailing.body_html)
        self.assertFalse(self.mailing.has_pictures_elsewhere)

    def test_check_again(self):
        """C29: checking again in the four steps tries again what failed."""
        wizard = self.walk(self.make_wizard(self.mailing), "checks")
        self.web.pages["/gone.png"] = answer(picture(colour="blue"))
        wizard.action_check_again()
        self.assertFalse(wizard.warning_finding_ids)
        self.assertEqual(set(self.mailing.picture_ids.mapped("state")), {"copied"})

    def test_taken_out_of_the_body(self):
        """C29: one that failed and was taken out is not on the list any more; copies stay known."""
        self.mailing._copy_new_pictures()
        self.mailing.write(self.with_pictures())
        self.mailing._copy_new_pictures()
        self.assertEqual(self.listed(), {self.there: ("copied", False)})

    def test_deleted_mailing(self):
        """C29: mails that were sent, and duplicates, go on showing the copies when the mailing is deleted."""
        self.mailing._copy_new_pictures()
        copy = self.mailing.picture_ids.attachment_id
        token = copy.access_token
        self.mailing.sudo().unlink()
        self.assertEqual(copy.exists().raw, self.picture)
        binary = self.env["ir.binary"].with_user(self.env.ref("base.public_user"))
        self.assertTrue(binary._find_record(res_id=copy.id, access_token=token))

    def test_while_it_is_filled_in(self):
        """C29: the form may be without recipients for a moment."""
        mailing = self.env["mailing.mailing"].new({**self.with_pictures(self.there), "mailing_model_id": False})
        self.assertTrue(mailing.has_pictures_elsewhere)

    def test_own_network(self):
        """C29: a requester does not get to see what only our server can reach, nor to know that it is there."""
        inside = self.web.url("/secret.png", "inside.example")
        nowhere = self.web.url("/secret.png", "nowhere.example")
        self.mailing.write(
            self.with_pictures(inside, nowhere, self.web.url("/secret.png", "[::1]"), "file:///etc/passwd")
        )
        self.mailing.action_copy_pictures()
        self.assertEqual(set(self.listed().values()), {("failed", "There is no such server on the public internet.")})
        self.assertEqual(len(self.mailing.picture_ids), 3)
        self.assertFalse(self.web.asked)

    def test_too_many(self):
        """C29: so many pictures of a mailing are copied, and no more."""
        self.patch(pictures, "MOST_PICTURES", 1)
        self.mailing.action_copy_pictures()
        self.assertEqual(
            self.listed(),
            {self.there: ("copied", False), self.gone: ("failed", "Only 1 pictures of a mailing are copied.")},
        )

    def test_no_time(self):
        """C29: nobody waits longer than that; what was not fetched can be tried again."""
        self.patch(pictures, "SECONDS", 0)
        self.mailing.action_copy_pictures()
        self.assertEqual(set(self.listed().values()), {("failed", "There was no time left. Try again.")})

    def test_who(self):
        """C29, C15: who may change a mailing may have its pictures fetched, nobody else; the list is read only."""
        with self.assertRaises(AccessError):
            self.mailing.with_user(self.plain).action_copy_pictures()
        other = self.make_user("other", "bulk_mailing.group_requester")
        with self.assertRaises(AccessError):
            self.mailing.with_user(other).action_copy_pictures()
        self.assertFalse(self.web.asked)
        self.mailing.action_copy_pictures()
        with self.assertRaises(AccessError):
            self.mailing.picture_ids[0].with_user(other).action_try_again()
        for user in (self.requester, self.sender, self.admin):
            with self.assertRaises(AccessError):
                self.mailing.picture_ids[0].with_user(user).write({"state": "copied"})
            with self.assertRaises(AccessError):
                self.mailing.picture_ids[0].with_user(user).unlink()

    def test_not_after_the_draft(self):
        """C29: what has been given for sending is not changed any more."""
        self.enforce("0")
        mailing = self.mailing.with_user(self.sender)
        mailing.action_put_in_queue()
        with self.assertRaises(UserError):
            mailing.action_copy_pictures()

    def test_request_holds(self):
        """C29, C15: copying comes before the request, so that an approval is for the body that leaves."""
        wizard = self.walk(self.make_wizard(self.mailing), "checks")
        wizard.action_acknowledge_warnings()
        wizard.action_next()
        wizard.action_request()
        self.assertEqual(self.mailing.request_state, "requested")
        self.mailing.with_user(self.sender).action_approve()
        self.assertEqual(self.mailing.state, "in_queue")
        self.assertEqual(self.mailing.request_state, "approved")

    def test_copying_withdraws_a_request(self):
        """C29, C15: a picture that comes in after the request is another content."""
        self.mailing._copy_new_pictures()
        self.mailing._accept_terms()
        self.mailing.action_run_checks()
        self.mailing.action_acknowledge_warnings()
        self.mailing._request_sending({})
        self.web.pages["/gone.png"] = answer(picture(colour="blue"))
        self.mailing.action_copy_pictures()
        self.assertEqual(self.mailing.request_state, "none")

    def test_placeholders_of_a_colleague(self):
        """C29: a requester may have pictures copied beside placeholders that they may not write themselves."""
        self.env.ref("base.group_user").implied_ids -= self.env.ref("mail.group_mail_template_editor")
        author = new_test_user(self.env, "author", groups="base.group_user,bulk_mailing.group_requester")
        mailing = self.make_mailing(author, **self.with_pictures(self.there))
        body = self.body(self.there) + '<p t-if="object.name[:1]">x</p>'
        mailing.sudo().write({"body_arch": body, "body_html": body})
        with self.assertRaises(AccessError):
            mailing.body_html = body.replace("Hello", "Dear")
        mailing.invalidate_recordset()
        mailing.action_copy_pictures()
        self.assertNotIn(self.there, mailing.body_html)
        self.assertIn('t-if="object.name[:1]"', mailing.body_html)
