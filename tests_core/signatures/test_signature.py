"""Another implementation (dkimpy) verifies what we sign, whatever the message, and nothing that was changed later."""

import re
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from bulk_mailing.core import headers
from bulk_mailing.core.dkim import BadMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from .verifying import BOTH, KEYS, signed, verified

HEAD = b"From: News <news@example.org>\r\nTo: ann@example.org\r\nSubject: News\r\n"
BODY = b"Hello\r\n"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
printable = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=30)
# folded by hand, with any blanks; each line of a fold has something on it (RFC 5322 section 3.2.2)
blanks = st.text(" \t", min_size=1, max_size=3)
folded = st.lists(st.tuples(blanks, printable), min_size=1, max_size=6).map(
    lambda parts: "\r\n".join(blank + word for blank, word in parts)
)
lines = st.binary(max_size=120).map(lambda line: re.sub(rb"[\r\n\0]", b" ", line)) | st.sampled_from(
    [b"", b".", b"..", b" ", b"\t", b"a  b", b"end ", b"end\t ", b"x" * 1000, b"=20", "é 漢".encode()]
)
bodies = st.builds(
    lambda found, end: b"\r\n".join(found) + end, st.lists(lines, max_size=12), st.sampled_from([b"", b"\r\n", b" "])
)


def both_hold(raw: bytes) -> bool:
    return verified(raw, 0) and verified(raw, 1)


@settings(max_examples=200, deadline=None)
@given(texts, texts, bodies)
def test_any_subject_name_and_body(subject, name, body):
    """Headers as core/headers folds and encodes them, and any body: empty, unended, with dots, 8-bit, long lines."""
    head = headers.mailbox("From", name, "news@example.org") + headers.unstructured("Subject", subject)
    assert both_hold(signed(head + headers.token("Message-ID", "<1@example.org>") + b"\r\n" + body))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Subject", "LIST-ID", "Precedence", "X-Other"]), folded), max_size=8))
def test_any_folding_and_any_number(fields):
    """Headers folded anywhere with any blanks, unknown ones, and several of one name."""
    head = "".join(f"{name}:{value}\r\n" for name, value in fields).encode()
    assert both_hold(signed(HEAD + head + b"\r\n" + BODY))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300), st.binary(max_size=300))
def test_messages_of_the_standard_library(text, attachment):
    """Multipart messages as `email` makes them."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "Näws <news@example.org>", "ann@example.org", text.strip()
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="é.bin")
    assert both_hold(signed(message.as_bytes()))


@pytest.mark.parametrize("message", [HEAD, HEAD + b"\r\n", HEAD + b"\r\n\r\n\r\n", HEAD + b"\r\n \r\n"])
def test_no_body(message):
    """Without a body, and with nothing but blanks in it."""
    assert both_hold(signed(message))


@pytest.mark.parametrize("name", list(KEYS))
def test_one_key(name):
    """Each kind of key by itself."""
    raw = signed(HEAD + b"\r\n" + BODY, KEYS[name])
    assert raw.count(b"DKIM-Signature") == 1
    assert verified(raw)


@pytest.mark.parametrize("head", [b"To: ann@example.org\r\n", HEAD + b"from : Other <other@example.org>\r\n"])
def test_one_from(head):
    """Without From, and with two, nothing is signed (RFC 5322 section 3.6)."""
    with pytest.raises(BadMessage):
        signed(head + b"\r\n" + BODY)


CHANGES = [
    (b"Hello", b"Hallo"),
    (b"Subject: News", b"Subject: Sale"),
    (b"ann@example.org", b"bob@example.org"),
    (b"<https://example.org/u/1>", b"<https://example.org/u/2>"),
    (b"One-Click", b"Two-Click"),
    (b"t=1700000000", b"t=1700000001"),
    (b"DKIM-Signature: v=1; a=ed", b"From: Other <other@example.org>\r\nDKIM-Signature: v=1; a=ed"),
    (b"DKIM-Signature: v=1; a=ed", b"Subject: Sale\r\nDKIM-Signature: v=1; a=ed"),
    (b"DKIM-Signature: v=1; a=ed", b"Content-Type: text/html\r\nDKIM-Signature: v=1; a=ed"),
]


@pytest.mark.parametrize("old, new", CHANGES)
def test_changed_on_the_way(old, new):
    """A changed body, a changed header, and a second header put before ours are noticed."""
    unsubscribe = (
        b"List-Unsubscribe: <https://example.org/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    raw = signed(HEAD + unsubscribe + b"\r\n" + BODY, KEYS["ed25519"])
    assert verified(raw)
    assert raw.count(old) == 1
    assert not verified(raw.replace(old, new))


FORGIVEN = [
    (b"Subject: News", b"SUBJECT:  News "),
    (b"Hello\r\n", b"Hello \t\r\n\r\n"),
    (b"Hello you", b"Hello \t you"),
]


@pytest.mark.parametrize("old, new", FORGIVEN)
def test_forgiven_on_the_way(old, new):
    """Relaxed: the case of names, blanks, and empty lines at the end may change (RFC 6376 section 3.4)."""
    assert verified(signed(HEAD + b"\r\nHello you\r\nHello\r\n", *BOTH).replace(old, new))


def test_lines_are_short():
    """The signature's own lines stay within 78 characters (RFC 5322 section 2.1.1)."""
    raw = signed(HEAD + b"\r\n" + BODY)
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_what_bulk_mail_needs_is_signed():
    """Both headers of one-click unsubscribing (RFC 8058 section 4) and Gmail's Feedback-ID are in the list."""
    names = ("List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "List-ID", "Precedence", "Message-ID")
    raw = signed(HEAD + "".join(f"{name}: x\r\n" for name in names).encode() + b"\r\n" + BODY, KEYS["rsa"])
    listed = re.search(rb"h=([^;]*);", raw)[1].replace(b"\r\n ", b"").split(b":")
    assert {name.lower().encode() for name in names} <= set(listed)
    assert listed.count(b"from") == 2
