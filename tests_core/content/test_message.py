"""A compiled message says exactly what the same strings say in Python's own EmailMessage."""

import email
import re
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import getaddresses

import pytest
from bulk_mailing.core.content import (
    Attachment,
    BadValue,
    Choice,
    CompiledMessage,
    Condition,
    Hole,
    Mailbox,
    Parts,
    Template,
    Token,
    Unstructured,
    Uris,
    compile,
)
from dkim.canonicalization import Relaxed
from hypothesis import given, settings
from hypothesis import strategies as st

NAME, EMAIL = Hole("recipient.name"), Hole("recipient.email")
TO = Mailbox("To", Template([NAME]), Template([EMAIL]))
FROM = Mailbox("From", Template(['Nieuws, "de" krant']), Template(["news@example.com"]))
SUBJECT = Unstructured("Subject", Template(["Hello ", Hole("object.name", "friend"), ", our news"]))

# what a person may be called; controls and surrogates have a test of their own, as EmailMessage refuses them
names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200).map(str.strip)
bodies = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=400)
lines_of_text = st.text(st.sampled_from('aé= .\t\n<&"漢🙂'), max_size=400)

# templates with holes and choices in choices, on three values that are there or not
pieces = bodies | lines_of_text | st.builds(Hole, st.sampled_from("abc"), lines_of_text)
templates = st.recursive(
    st.lists(pieces, max_size=3).map(Template),
    lambda inner: st.builds(
        lambda names, branches, rest: Template([_choice(names, branches), *rest]),
        st.lists(st.sampled_from("abc"), min_size=1, max_size=2),
        st.lists(inner, min_size=3, max_size=3),
        st.lists(pieces, max_size=2),
    ),
    max_leaves=8,
)


def _choice(names: list[str], branches: list[Template]) -> Choice:
    conditions = tuple(Condition(("not", ("holds", name)) if name == "c" else ("holds", name)) for name in names)
    return Choice(conditions, tuple(branches[: len(conditions) + 1]))


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def mailbox(raw: bytes, name: str) -> tuple[str, str]:
    """Display name and address, read with compat32: policy.default of Python 3.11 collapses a name's double spaces,
    and keeps the space between two encoded-words that RFC 2047 section 6.2 says to drop."""
    ((shown, address),) = getaddresses([email.message_from_bytes(raw)[name].replace("\r\n", "")])
    return str(make_header(decode_header(shown))), address


def content(message: EmailMessage, subtype: str) -> str:
    return message.get_body((subtype,)).get_content().replace("\r\n", "\n")


def check_wire(raw: bytes) -> None:
    """Pure ASCII, pure CRLF, no line over 998 characters, nor over 76 in the parts."""
    assert raw.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 78
    assert b"\x00" not in raw
    assert b"\n." not in raw  # nothing for SMTP to stuff
    # DKIM's relaxed form already (RFC 6376 section 3.4.4), says another implementation
    assert Relaxed.canonicalize_body(body) == body


def letter(html: Template | None = None, text: Template | None = None, **more) -> CompiledMessage:
    return compile(Parts((FROM, TO, SUBJECT), html, text, **more))


def values(name="Ann", address="ann@example.org", **more) -> dict[str, str]:
    return {"recipient.name": name, "recipient.email": address, "object.name": name, **more}


@settings(max_examples=200, deadline=None)
@given(names)
def test_headers_as_emailmessage(name):
    """A27: subject, From and To are read as EmailMessage's are, whatever the name."""
    raw = letter(text=Template(["x"])).render(values(name))
    check_wire(raw)
    ours = parsed(raw)
    assert ours["Subject"] == f"Hello {name or 'friend'}, our news"
    assert mailbox(raw, "To") == (name, "ann@example.org")
    assert [(a.display_name, a.addr_spec) for a in ours["From"].addresses] == [
        ('Nieuws, "de" krant', "news@example.com")
    ]
    header = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, header.split(b"\r\n"))) <= 78


@settings(max_examples=200, deadline=None)
@given(bodies | lines_of_text, names, bodies | lines_of_text)
def test_bodies_as_emailmessage(before, name, after):
    """A27, G32: both parts are read as EmailMessage's are: values escaped in HTML and plain in text."""
    template = Template([before, Hole("object.name", "friend"), after])
    raw = letter(html=template, text=template).render(values(name))
    check_wire(raw)
    theirs = EmailMessage(policy=SMTP)
    theirs.set_content(template.fill({"object.name": name}))
    theirs.add_alternative(template.fill_html({"object.name": name}), subtype="html")
    theirs = parsed(theirs.as_bytes())
    ours = parsed(raw)
    for subtype in ("plain", "html"):
        assert content(ours, subtype).removesuffix("\n") == content(theirs, subtype).removesuffix("\n")


@settings(max_examples=200, deadline=None)
@given(templates, templates, st.fixed_dictionaries({name: st.none() | names | lines_of_text for name in "abc"}))
def test_exactly_what_was_put_in(html, text, found):
    """A27: read by Python's mail parser, both parts are what the templates say of the values, choices included."""
    message = letter(html=html, text=text)
    assert CompiledMessage.from_json(message.to_json()) == message
    raw = message.render(values(**found))
    check_wire(raw)
    for subtype, expected in (("html", html.fill_html(found)), ("plain", text.fill(found))):
        expected = re.sub("\r\n?", "\n", expected)
        assert content(parsed(raw), subtype).rstrip("\n") == expected.rstrip("\n")


@settings(max_examples=100, deadline=None)
@given(lines_of_text, st.sampled_from(["html", "text"]), lines_of_text)
def test_one_part_in_relaxed_form(before, part, name):
    """A body of one part ends where its text ends, whatever blanks and empty lines are in it."""
    template = Template([before, Hole("object.name")])
    check_wire(letter(**{part: template}).render(values(name)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), lines_of_text)
def test_nothing_breaks_a_message(name, text):
    """A27: whatever a name holds, line breaks and lone surrogates too, header and parts stay where they are."""
    html = Template([f"<p>{text}</p>", Hole("object.name"), "<p>end</p>"])
    raw = letter(html=html, text=Template([Hole("object.name")])).render(values(name))
    check_wire(raw)
    message = parsed(raw)
    assert message.keys() == ["From", "To", "Subject", "MIME-Version", "Content-Type"]
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert content(message, "html").endswith("<p>end</p>\n")
    assert message["To"].addresses[0].addr_spec == "ann@example.org"


@pytest.mark.parametrize(
    "name, shown",
    [
        ("Ann\r\nBcc: eve@example.net", "Ann Bcc: eve@example.net"),
        ('Ann "the" O\'Neil \\', 'Ann "the" O\'Neil \\'),
        ("Zoë 🙂", "Zoë 🙂"),
        ("محمد علي", "محمد علي"),
        ("x" * 1000, "x" * 1000),
        ("word " * 199 + "word", "word " * 199 + "word"),
        ("a\ud800b", "a?b"),
        ("=?utf-8?q?no?=", "=?utf-8?q?no?="),
        ("Smith, Ann <ann@x>", "Smith, Ann <ann@x>"),
        ("", ""),
    ],
)
def test_names_of_real_people(name, shown):
    """C26: line break, quote, emoji, Arabic, a thousand letters, a lone surrogate: To shows the name."""
    raw = letter(text=Template(["x"])).render(values(name))
    check_wire(raw)
    assert mailbox(raw, "To") == (shown, "ann@example.org")
    assert parsed(raw)["To"].addresses[0].addr_spec == "ann@example.org"
    assert parsed(raw)["Subject"] == f"Hello {shown or 'friend'}, our news"


def test_international_domain_becomes_ascii():
    """An address in an international domain goes out in its ASCII form."""
    raw = letter(text=Template(["x"])).render(values(address="ann@Müller.de"))
    assert b" <ann@xn--mller-kva.de>\r\n" in raw


@pytest.mark.parametrize(
    "address", ["", "ann", "@x.org", "änn@x.org", "ann@x.org, eve@y.org", "a b@x.org", "a@b\r\nBcc: c@d"]
)
def test_impossible_address_is_that_recipients_trouble(address):
    """An address that no server would take raises BadValue with a reason, nothing else."""
    message = letter(text=Template(["x"]))
    with pytest.raises(BadValue) as raised:
        message.render(values(address=address))
    assert str(raised.value)
    assert message.render(values())


def test_list_headers_stay_as_they_are():
    """G23, G26: long addresses (RFC 8058, 2369) are neither encoded nor broken, only folded between the brackets."""
    https = "https://example.com/mailing/1/unsubscribe_oneclick?hash_token=" + "a" * 300
    header = Uris("List-Unsubscribe", (Template([Hole("one_click")]), Template(["mailto:", Hole("mailto")])))
    message = compile(Parts((header,), text=Template(["x"])))
    raw = message.render({"one_click": https, "mailto": "out@example.com?subject=unsubscribe-1"})
    expected = f"List-Unsubscribe: <{https}>,\r\n <mailto:out@example.com?subject=unsubscribe-1>\r\n"
    assert raw.startswith(expected.encode())


@pytest.mark.parametrize("value", ["", "<a b@c>", "<é@c>", "<a@c>\r\nBcc: x"])
def test_message_id_is_never_repaired(value):
    """G33: a Message-ID that is not plain ASCII is refused: changed, it would no longer be the one in the ledger."""
    message = compile(Parts((Token("Message-ID", Template([Hole("recipient.message_id")])),), text=Template(["x"])))
    with pytest.raises(BadValue):
        message.render({"recipient.message_id": value})


def test_same_mailing_same_bytes():
    """Boundaries are fixed for a mailing, so two renderings of a recipient are the same bytes."""
    html = Template(["<p>", Hole("object.name"), "</p>"])
    assert letter(html=html, text=html).render(values()) == letter(html=html, text=html).render(values())


def test_kept_as_json():
    """What the database keeps renders the same."""
    html = Template(["<p>é ", Hole("object.name", "you"), "</p>"])
    message = letter(html=html, text=html, files=(Attachment("a.txt", "text/plain", b"hello").encode(),))
    again = CompiledMessage.from_json(message.to_json())
    assert again == message
    assert again.render(values("Zoë")) == message.render(values("Zoë"))
    assert message.names == {"recipient.name", "recipient.email", "object.name"}


def test_attachments():
    """Files arrive as they were, under their names, also a message and a name from another alphabet."""
    inner = b"Subject: inner\r\n\r\nhello.\r\n"
    files = (
        Attachment("prijs\r\nlijst é.pdf", "application/pdf", bytes(range(256)) * 50),
        Attachment("m.eml", "message/rfc822", inner),
        Attachment("", "nonsense", b""),
    )
    encoded = tuple(file.encode() for file in files)
    raw = compile(Parts((FROM,), Template(["<p>x</p>"]), Template(["x"]), encoded)).render({})
    check_wire(raw)
    message = parsed(raw)
    assert message.get_content_type() == "multipart/mixed"
    first, second, third = message.iter_attachments()
    assert (first.get_filename(), first.get_content()) == ("prijs lijst é.pdf", files[0].content)
    assert second.get_content()["Subject"] == "inner"
    assert (third.get_content_type(), third.get_filename()) == ("application/octet-stream", "attachment")


@pytest.mark.parametrize(
    "html, text, expected",
    [
        ("<p>x</p>", None, "text/html"),
        (None, "x", "text/plain"),
        (None, None, "text/plain"),
        ("a", "b", "multipart/alternative"),
    ],
)
def test_one_part_or_two(html, text, expected):
    """C25: HTML only, text only, or both."""
    html, text = (None if part is None else Template([part]) for part in (html, text))
    assert parsed(compile(Parts((FROM,), html, text)).render({})).get_content_type() == expected


@pytest.mark.parametrize("line, needs_stuffing", [(b".", True), (b"a.", False)])
def test_attached_message_with_dots(line, needs_stuffing):
    """What is attached as it is may have lines that begin with a dot; whoever sends it is told."""
    file = Attachment("m.eml", "message/rfc822", b"Subject: inner\r\n\r\nhello\r\n" + line + b"\r\n").encode()
    message = letter(text=Template(["."]), files=(file,))
    assert message.needs_stuffing is needs_stuffing
    assert (b"\n." in message.render(values())) is needs_stuffing


def test_address_object_agrees():
    """A name with every special character is read by EmailMessage as it was given."""
    name = '()<>[]:;@\\,."'
    theirs = EmailMessage()
    theirs["To"] = Address(name, addr_spec="ann@example.org")
    ours = parsed(letter(text=Template(["x"])).render(values(name)))
    assert ours["To"].addresses == parsed(theirs.as_bytes())["To"].addresses
