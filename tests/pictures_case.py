"""Base of the tests about pictures: a web server of our own, which mailings may fetch from in these tests alone."""

from ipaddress import ip_address
from unittest.mock import patch

from odoo.addons.bulk_mailing.adapters.images import Limits, Names, WebImages

from .dns_server import DnsServer
from .web_server import WebServer, answer, picture

HOST = "pictures.example"


class PicturesMixin:
    """`cls.web` serves http://pictures.example:PORT/; `there` and `gone` are a picture and none."""

    @classmethod
    def start_web(cls):
        cls.web = cls.enterClassContext(WebServer())
        cls.dns = cls.enterClassContext(DnsServer({HOST: {"A": ["127.0.0.1"]}, "inside.example": {"A": ["10.0.0.1"]}}))
        limits = Limits(may_connect=lambda address: address == ip_address("127.0.0.1"), ports={cls.web.port})
        fetcher = WebImages(limits, Names([cls.dns.host], cls.dns.port))
        cls.startClassPatcher(patch.object(cls.registry["mailing.mailing"], "_image_fetcher", lambda _self: fetcher))

    def setUp(self):
        super().setUp()
        self.picture = picture(60, 40)
        self.web.pages = {"/there.png": answer(self.picture), "/again.png": answer(self.picture)}
        self.web.asked.clear()
        self.there, self.gone = self.web.url("/there.png", HOST), self.web.url("/gone.png", HOST)

    def body(self, *urls):
        """A body with these pictures."""
        pictures = "".join(f'<img src="{url}">' for url in urls)
        return f'<div><p>Hello</p>{pictures}<p><a href="/unsubscribe_from_list">Unsubscribe</a></p></div>'

    def with_pictures(self, *urls, **values):
        """Values of a mailing with these pictures, to be copied."""
        body = self.body(*urls)
        return {"body_arch": body, "body_html": body, "host_external_images": True, **values}
