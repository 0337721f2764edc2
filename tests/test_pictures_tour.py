"""The list of pictures, clicked through in a browser."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase
from .pictures_case import HOST, PicturesMixin
from .web_server import answer, picture


@tagged("post_install", "-at_install")
class TestPicturesTour(PicturesMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.set_parameter("enforce_terms_and_checks", "1")

    def test_pictures(self):
        """C29: switched on in step 2; one is copied, one fails with its reason and is tried again."""
        groups = "base.group_user,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "rita.requester", groups=groups, lang="en_US")
        values = self.with_pictures(self.there, self.gone, host_external_images=False)
        mailing = self.make_mailing(**values, user_id=requester.id)
        answers = iter([answer(status="404 Not Found"), answer(picture(colour="blue"))])
        self.web.pages["/gone.png"] = lambda: iter([next(answers)])
        self.start_tour(f"/odoo/mailing.mailing/{mailing.id}", "bulk_mailing_pictures", login=requester.login)
        self.env.invalidate_all()
        self.assertEqual(mailing.picture_ids.mapped("state"), ["copied", "copied"])
        self.assertNotIn(self.gone, mailing.body_html)
        self.assertTrue(mailing.embed_images)

    def test_progress(self):
        """C29: while pictures are copied, the steps say how far that is."""
        groups = "base.group_user,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "rita.requester", groups=groups, lang="en_US")
        urls = [self.web.url(f"/{number}.png", HOST) for number in range(9)]
        self.web.pages.update((f"/{number}.png", answer(self.picture)) for number in range(9))
        mailing = self.make_mailing(**self.with_pictures(*urls), user_id=requester.id)
        self.start_tour(f"/odoo/mailing.mailing/{mailing.id}", "bulk_mailing_pictures_progress", login=requester.login)
        self.env.invalidate_all()
        self.assertEqual(mailing.picture_ids.mapped("state"), ["copied"] * 9)
