"""A message read back, and the page that shows it."""

from email.message import EmailMessage

import pytest
from bulk_mailing.core.preview import PreviewedFile, document, has_dark_colours, read

PIXEL = b"\x89PNG\r\n"


def message(html="<p>Hello <img src='cid:logo@example.com'></p>", text="Hello"):
    made = EmailMessage()
    made["Subject"] = "Nieuws voor Zoë"
    made["To"] = "Zoë <zoe@example.org>"
    made.set_content(text)
    made.add_alternative(html, subtype="html")
    made.get_payload()[1].add_related(PIXEL, "image", "png", cid="<logo@example.com>")
    made.add_attachment(b"12345", maintype="application", subtype="pdf", filename="price.pdf")
    made.add_attachment(message_inside())
    return made.as_bytes()


def message_inside():
    inside = EmailMessage()
    inside.set_content("An older mail")
    return inside


def test_read_back():
    """C37: parts, decoded headers, files and size are those of the bytes."""
    raw = message()
    preview = read(raw)
    assert preview.header("subject") == "Nieuws voor Zoë"
    assert dict(preview.headers)["To"] == "Zoë <zoe@example.org>"
    assert (preview.text.strip(), preview.size) == ("Hello", len(raw))
    assert preview.html.startswith("<p>Hello")
    assert preview.files[0] == PreviewedFile("price.pdf", 5)
    assert preview.pictures == {"logo@example.com": "data:image/png;base64,iVBORw0K"}


def test_a_part_that_is_missing():
    """C25, C37: a mail of text alone has no HTML part, and an empty header is an empty string."""
    raw = b"To: a@example.org\r\n\r\nHello\r\n"
    preview = read(raw)
    assert (preview.html, preview.text.strip(), preview.header("Subject")) == (None, "Hello", "")


def test_pictures_that_come_along_are_shown():
    """C28, C37: a picture in the message is shown from the message; an unknown one stays as it is."""
    preview = read(message())
    page = document(preview.html, preview.pictures, is_dark=False)
    assert 'src="data:image/png;base64,iVBORw0K"' in page
    assert "cid:other" in document("<img src='cid:other'>", {}, is_dark=False)


HOSTILE = [
    ("<script>parent.hostile = 1</script><p>Hi</p>", "<script"),
    ("<meta http-equiv='refresh' content='0; url=https://example.net'><p>Hi</p>", "refresh"),
    ("<base href='https://example.net'><p>Hi</p>", "example.net"),
    ("<iframe src='https://example.net'></iframe><p>Hi</p>", "<iframe"),
    ("<a target='_top' href='https://example.net'>Hi</a>", "_top"),
]


@pytest.mark.parametrize("html, gone", HOSTILE)
def test_what_could_leave_the_frame_is_gone(html, gone):
    """C37: no script, no other page, no way into the window around it; the rest is there."""
    page = document(html, {}, is_dark=False)
    assert gone not in page
    assert "Hi" in page


def test_the_policy_comes_first():
    """C37: whatever the mail begins with, the page forbids scripts before it."""
    page = document("</head></html><body onload='x()'>Hi", {}, is_dark=False)
    assert page.index("default-src 'none'") < page.index("Hi")
    assert "script-src" not in page  # nothing but the default


OWN_DARK = "<style>@media (prefers-color-scheme: dark) { p { color: white } }</style><p>Hi</p>"


def test_the_mails_own_dark_colours():
    """C37: what the mail says about dark screens is done on the dark page, and not on the light one."""
    assert has_dark_colours(OWN_DARK)
    assert "@media (min-width: 0px)" in document(OWN_DARK, {}, is_dark=True)
    assert "@media (max-width: 0px)" in document(OWN_DARK, {}, is_dark=False)
    assert "invert" not in document(OWN_DARK, {}, is_dark=True)


def test_a_mail_without_dark_colours_is_inverted():
    """C37: as several mail programs do; on a light screen it is left alone."""
    assert not has_dark_colours("<p>Hi</p>")
    assert "invert(1)" in document("<p>Hi</p>", {}, is_dark=True)
    assert "invert(1)" not in document("<p>Hi</p>", {}, is_dark=False)


def test_an_empty_mail_is_an_empty_page():
    """C37: nothing to show is no error."""
    assert "<body>" in document("", {}, is_dark=False)
