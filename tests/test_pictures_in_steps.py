"""On the way to the checks pictures are copied some at a time, and the screen says how far it is."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.bulk_mailing.models.mailing_mailing import pictures

from .people import PeopleCase
from .pictures_case import HOST, PicturesMixin
from .web_server import answer, picture


@tagged("post_install", "-at_install")
class TestPicturesInSteps(PicturesMixin, PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()

    def setUp(self):
        super().setUp()
        paths = [f"/{number}.png" for number in range(5)]
        self.web.pages.update((path, answer(picture(10 + number))) for number, path in enumerate(paths))
        self.urls = [self.gone, *(self.web.url(path, HOST) for path in paths)]
        self.mailing = self.make_mailing(self.requester, **self.with_pictures(*self.urls))

    def test_some_at_a_time(self):
        """C29: it is told how many are tried, of how many; the body names the copies when the checks begin."""
        self.assertEqual(self.mailing.copy_next_pictures(), {"done": 4, "total": 6})
        self.assertIn(self.urls[1], self.mailing.body_html)
        self.assertEqual(self.mailing.copy_next_pictures(), {"done": 6, "total": 6})
        self.assertEqual(self.mailing.copy_next_pictures(), {"done": 6, "total": 6})
        wizard = self.walk(self.make_wizard(self.mailing), "checks")
        self.assertEqual(len(self.web.asked), 6, "each was asked for once")
        self.assertEqual(wizard.warning_finding_ids.code, "uncopied_pictures")
        self.assertEqual([url for url in self.urls if url in self.mailing.body_html], [self.gone])

    def test_not_wanted(self):
        """C29: nothing is fetched unless copies are wanted."""
        self.mailing.host_external_images = False
        self.assertEqual(self.mailing.copy_next_pictures(), {"done": 0, "total": 0})
        self.assertFalse(self.web.asked)

    def test_room_for_all_together(self):
        """C29: the limit of bytes is that of the mailing, however many times one goes for them."""
        with patch.object(pictures, "MOST_BYTES", 10):
            self.mailing.copy_next_pictures()
            self.mailing.copy_next_pictures()
        copied = self.mailing.picture_ids.filtered(lambda p: p.state == "copied")
        self.assertLessEqual(len(copied), 4)
        self.assertIn("no room left", self.mailing.picture_ids.filtered(lambda p: p.url == self.urls[-1]).reason)

    def test_not_after_sending(self):
        """C29: a mailing that has been given for sending is not changed."""
        self.mailing.sudo().state = "in_queue"
        with self.assertRaisesRegex(UserError, "already"):
            self.mailing.with_user(self.sender).copy_next_pictures()
