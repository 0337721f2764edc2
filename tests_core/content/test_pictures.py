"""Pictures that go along in a message: where they stand in it, and what a recipient costs."""

import email
from email.policy import default

import pytest
from bulk_mailing.core.content import Attachment, CompiledMessage, Hole, Mailbox, Parts, Template, compile
from dkim.canonicalization import Relaxed

FROM = Mailbox("From", Template(["News"]), Template(["news@example.com"]))
HTML = Template(["<p>Hello ", Hole("object.name"), '</p><img src="cid:a@picture"><img src="cid:b@picture">'])
TEXT = Template(["Hello ", Hole("object.name")])
PICTURES = tuple(
    Attachment(f"{letter}.png", "image/png", letter.encode() * 1000, f"{letter}@picture").encode() for letter in "ab"
)
FILE = Attachment("report.pdf", "application/pdf", b"%PDF").encode()


def tree(part):
    """The content types of a part and of what is in it."""
    kind = part.get_content_type()
    return [kind, *map(tree, part.iter_parts())] if part.is_multipart() else kind


def rendered(**parts):
    return compile(Parts((FROM,), **{"pictures": PICTURES, **parts})).render({"object.name": "Zoë"})


RELATED = ["multipart/related", "text/html", "image/png", "image/png"]
SHAPES = [
    ({"html": HTML, "text": TEXT}, ["multipart/alternative", "text/plain", RELATED]),
    (
        {"html": HTML, "text": TEXT, "files": (FILE,)},
        ["multipart/mixed", ["multipart/alternative", "text/plain", RELATED], "application/pdf"],
    ),
    ({"html": HTML}, RELATED),
    ({"html": HTML, "files": (FILE,)}, ["multipart/mixed", RELATED, "application/pdf"]),
    ({"text": TEXT}, "text/plain"),  # there is nothing that shows them
    ({"html": HTML, "text": TEXT, "pictures": ()}, ["multipart/alternative", "text/plain", "text/html"]),
]


@pytest.mark.parametrize("parts, shape", SHAPES)
def test_shape(parts, shape):
    """C28: pictures are related to the HTML, beside the text, within what holds the files (RFC 2387)."""
    assert tree(email.message_from_bytes(rendered(**parts), policy=default)) == shape


def test_pictures_are_found_by_what_the_html_says():
    """C28: each Content-ID in the HTML names a part with the bytes of its picture, shown where the HTML has it."""
    message = email.message_from_bytes(rendered(html=HTML, text=TEXT), policy=default)
    related = message.get_payload()[1]
    assert related.get_param("type") == "text/html"
    html, *pictures = related.iter_parts()
    assert [picture["Content-ID"] for picture in pictures] == ["<a@picture>", "<b@picture>"]
    assert [picture.get_content() for picture in pictures] == [b"a" * 1000, b"b" * 1000]
    assert {picture.get_content_disposition() for picture in pictures} == {"inline"}
    assert [picture.get_filename() for picture in pictures] == ["a.png", "b.png"]
    assert "Hello Zoë" in html.get_content()
    assert not list(message.iter_attachments())


def test_nothing_to_mend_for_dkim_and_smtp():
    """C28: as the rest of the message: canonical, ASCII, short lines, none that begins with a dot."""
    raw = rendered(html=HTML, text=TEXT, files=(FILE,))
    body = raw.partition(b"\r\n\r\n")[2]
    assert Relaxed.canonicalize_body(body) == body
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n." not in raw


def test_they_are_there_once_for_all_recipients():
    """C28: a recipient is a few places between fixed bytes, and a picture is in those once, also after the database."""
    large = Attachment("a.png", "image/png", bytes(range(256)) * 4000, "a@picture").encode()
    compiled = compile(Parts((FROM,), HTML, TEXT, pictures=(large,)))
    again = CompiledMessage.from_json(compiled.to_json())
    for message in (compiled, again):
        assert sum(large.data in piece for piece in message.fixed) == 1
        assert sum(map(len, message.fixed)) < len(large.data) + 2000
        assert all(len(encode({"object.name": "Ann"})) < 100 for encode in message._encoders)
    assert again.render({"object.name": "Ann"}) == compiled.render({"object.name": "Ann"})
