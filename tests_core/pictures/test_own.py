"""URLs of our own pictures, as designers and Odoo's editor write them."""

import pytest
from bulk_mailing.core.pictures import OwnPicture, icon_asked, own_picture

CASES = [
    ("https://crm.example.com/web/image/12", OwnPicture(id=12)),
    ("/web/image/12?access_token=ab-c", OwnPicture(id=12, access_token="ab-c")),
    ("/web/image/12-abc/a%20b.png", OwnPicture(id=12)),
    ("/web/image/12/300x200/name.png", OwnPicture(id=12, width=300, height=200)),
    ("/web/content/12", OwnPicture(id=12)),
    ("/web/image/res.partner/7/image_128", OwnPicture("res.partner", 7, None, "image_128")),
    (
        "/web/image/res.partner/7/image_128/20x30?crop=true",
        OwnPicture("res.partner", 7, None, "image_128", None, 20, 30, True),
    ),
    (
        "/web/image?model=res.partner&id=7&field=image_128&width=9",
        OwnPicture("res.partner", 7, None, "image_128", width=9),
    ),
    ("/web/image/mass_mailing.s_logo", OwnPicture(xmlid="mass_mailing.s_logo")),
    ("/web/image?model=res.partner", None),
    ("/web/image/res.partner/x/image", None),
    ("//crm.example.com/web/image/12", OwnPicture(id=12)),
    ("/mass_mailing/static/src/img/a.jpg", OwnPicture(static="mass_mailing/static/src/img/a.jpg")),
    ("/mass_mailing/static/../../secret.png", None),
    ("/mass_mailing/static/%2e%2e/secret.png", None),
    ("/mass_mailing/static/a.svg", None),
    ("https://other.example.com/web/image/12", None),
    ("/web/login", None),
    ("/mailing/t/1/abc.gif", None),
    ("cid:12", None),
    ("http://[broken/web/image/12", None),
]


@pytest.mark.parametrize("url, expected", CASES)
def test_own_picture(url, expected):
    """C28: every way to name one of our pictures, and what only looks like it."""
    assert own_picture(url, {"crm.example.com"}) == expected


ICONS = [
    ("/mail/font_to_img/61593", {"icon": "61593"}),
    ("/web_editor/font_to_img/61593/red/20", {"icon": "61593", "color": "red", "size": 20}),
    (
        "https://crm.example.com/mail/font_to_img/61593/rgb(1%2C0%2C9)/rgb(2%2C3%2C4)/12x14",
        {"icon": "61593", "color": "rgb(1,0,9)", "bg": "rgb(2,3,4)", "width": 12, "height": 14},
    ),
    ("/mail/font_to_img/61593/red/20/128", {"icon": "61593", "color": "red", "size": 20, "alpha": 128}),
    ("/mail/font_to_img/", None),
    ("https://other.example.com/mail/font_to_img/61593", None),
    ("/web/image/12", None),
    ("http://[broken/mail/font_to_img/61593", None),
]


@pytest.mark.parametrize("url, expected", ICONS)
def test_icon_asked(url, expected):
    """C28: icons that Odoo draws, in every form of its route."""
    assert icon_asked(url, {"crm.example.com"}) == expected
