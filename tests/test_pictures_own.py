"""Our own pictures: as recipients could load them, and never more than that."""

import base64

from odoo.tests import tagged
from odoo.tools import mute_logger

from .people import PeopleCase
from .pictures_case import PicturesMixin
from .web_server import answer, picture

VML = '<section><!--[if mso]><v:image src="{}" style="width:20px;height:20px;"/><![endif]--></section>'


@tagged("post_install", "-at_install")
class TestOwnPictures(PicturesMixin, PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_web()

    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.requester)
        self.base_url = self.mailing.get_base_url()

    def attach(self, content=None, **values):
        values = {"name": "a.png", "raw": content or self.picture, **values}
        return self.env["ir.attachment"].create(values)

    def found(self, url):
        image = self.mailing._own_image(url)
        return image and image.content

    def test_what_everybody_may_load(self):
        """C28: public files, files with their token, files of the mailing, fields and static files."""
        public, secret = self.attach(public=True), self.attach()
        [token] = secret.generate_access_token()
        own = self.attach(res_model="mailing.mailing", res_id=self.mailing.id)
        for url in (f"/web/image/{public.id}", f"/web/image/{secret.id}?access_token={token}", f"/web/image/{own.id}"):
            self.assertEqual(self.found(url), self.picture, url)
            self.assertEqual(self.found(self.base_url + url), self.picture, url)
        self.assertTrue(self.found("/mass_mailing/static/description/icon.png"))
        self.assertTrue(self.found("/web/image/mass_mailing.s_cover_default_image"))
        resized = self.mailing._own_image(f"/web/image/{public.id}/30x20/a.png")
        self.assertEqual((resized.width, resized.height), (30, 20))

    def test_icons(self):
        """C28: an icon that Odoo draws on request is drawn, and what cannot be drawn is none."""
        icon = self.mailing._own_image("/mail/font_to_img/61593/rgb(186%2C0%2C19)/rgb(233%2C236%2C239)/20x24")
        self.assertEqual((icon.mimetype, icon.height), ("image/png", 24))
        self.assertIsNone(self.mailing._own_image("/mail/font_to_img/61593/no-colour/20x24"))

    def test_what_nobody_may_load(self):
        """C28, C15: nothing that a recipient could not see, whoever writes, approves and sends the mailing."""
        secret = self.attach()
        [token] = secret.generate_access_token()
        self.plain.image_1920 = base64.b64encode(picture(200, 200))
        other = self.attach(res_model="mailing.mailing", res_id=self.make_mailing(self.sender).id)
        linked = self.attach(type="url", url="http://127.0.0.1/secret.png", raw=False, public=True)
        for url in (
            f"/web/image/{secret.id}",
            f"/web/image/{secret.id}?access_token={token[:-1]}x",
            f"/web/image/{other.id}",
            f"/web/image/{linked.id}",
            f"/web/image/ir.attachment/{secret.id}/datas",
            f"/web/image/res.users/{self.plain.id}/image_128",
            f"/web/image/res.partner/{self.plain.partner_id.id}/image_1920",
            f"/web/image/res.users/{self.plain.id}/login",
            "/web/image/res.users/999999999/image_128",
            "/web/image/no.such.model/1/image",
            "/web/image/base.user_admin",
            "/web/image/999999999",
            "/mass_mailing/static/description/none.png",
            "https://elsewhere.example/a.png",
        ):
            for user in (self.requester, self.sender, self.env.ref("base.user_root")):
                self.assertIsNone(self.mailing.with_user(user)._own_image(url), url)

    def test_only_pictures_of_dots(self):
        """C28: an SVG stays behind its link, whatever it is called."""
        svg = self.attach(b'<svg xmlns="http://www.w3.org/2000/svg"/>', mimetype="image/svg+xml", public=True)
        text = self.attach(b"no picture", mimetype="image/png", public=True)
        self.assertIsNone(self.found(f"/web/image/{svg.id}"))
        self.assertIsNone(self.found(f"/web/image/{text.id}"))

    @mute_logger("odoo.addons.mass_mailing.models.mailing")
    def test_stock_asks_nobody_inside(self):
        """C29: what stock itself fetches from a body, for Outlook, is fetched as safely."""
        self.web.pages["/secret.png"] = answer(self.picture)
        for host in ("127.0.0.2", "inside.example", "localhost"):
            body = VML.format(self.web.url("/secret.png", host))
            self.mailing.body_html = body
            self.assertIn(host, self.mailing.body_html)
        self.assertFalse(self.web.asked)
        self.mailing.body_html = VML.format(self.there)
        self.assertEqual(self.web.paths, ["/there.png"])
        self.assertIn('<v:image src="/web/image/', self.mailing.body_html)

    def test_stock_crops_our_own(self):
        """C28: and a picture of ours is read where it is, not asked for over the net."""
        public = self.attach(public=True)
        self.mailing.body_html = VML.format(f"/web/image/{public.id}")
        self.assertNotIn(f"/web/image/{public.id}&quot;", self.mailing.body_html)
        self.assertIn("access_token", self.mailing.body_html)
        self.assertFalse(self.web.asked)
