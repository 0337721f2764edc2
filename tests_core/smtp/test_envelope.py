"""MAIL, RCPT and DATA for what a server offers, and the message in its form for the wire."""

import smtplib

import pytest
from bulk_mailing.adapters.smtp import Letter
from bulk_mailing.adapters.smtp.envelope import CannotCarry, Offers, envelope, stuffed
from hypothesis import given
from hypothesis import strategies as st

PLAIN, ACCENT = b"Hello\r\n", "Señor\r\n".encode()
ANN, JURGEN = "ann@example.org", "jürgen@example.org"

MAIL_LINES = [
    (Offers(), ANN, PLAIN, "MAIL FROM:<us@x.org>"),
    (Offers(size=True), ANN, PLAIN, "MAIL FROM:<us@x.org> SIZE=7"),
    (Offers(size=True, largest=7), ANN, PLAIN, "MAIL FROM:<us@x.org> SIZE=7"),
    (Offers(eight_bit=True), ANN, PLAIN, "MAIL FROM:<us@x.org>"),
    (Offers(eight_bit=True), ANN, ACCENT, "MAIL FROM:<us@x.org> BODY=8BITMIME"),
    (Offers(smtputf8=True), ANN, PLAIN, "MAIL FROM:<us@x.org>"),
    (Offers(smtputf8=True), JURGEN, PLAIN, "MAIL FROM:<us@x.org> SMTPUTF8"),
    (Offers(smtputf8=True), JURGEN, ACCENT, "MAIL FROM:<us@x.org> SMTPUTF8 BODY=8BITMIME"),
]


@pytest.mark.parametrize("offers, recipient, content, mail", MAIL_LINES)
def test_mail_line(offers, recipient, content, mail):
    """Parameters are there where the server offers them and the letter needs them."""
    commands = envelope(offers, "us@x.org", Letter(1, recipient, None), content)
    assert commands.decode() == f"{mail}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n"


REFUSED = [
    (
        Offers(size=True, largest=6_900_000),
        ANN,
        bytes(7_000_000),
        "data",
        "7.0 MB, and our mail server takes at most 6.9",
    ),
    (Offers(eight_bit=True), JURGEN, PLAIN, "mail", "(SMTPUTF8)"),
    (Offers(pipelining=True), ANN, ACCENT, "data", "(8BITMIME)"),
    (Offers(), "ann@example.org>\r\nRCPT TO:<bob@example.org", PLAIN, "mail", "signs that no address can have"),
    (Offers(), "ann\n@example.org", PLAIN, "mail", "signs that no address can have"),
]


@pytest.mark.parametrize("offers, recipient, content, stage, words", REFUSED)
def test_cannot_carry(offers, recipient, content, stage, words):
    """What the server cannot take, and what would be a command of its own, is not said at all."""
    with pytest.raises(CannotCarry) as caught:
        envelope(offers, "us@x.org", Letter(1, recipient, None), content)
    assert caught.value.stage.value == stage
    assert words in str(caught.value.reason)


@pytest.mark.parametrize(
    "features, offers",
    [
        ({}, Offers()),
        ({"pipelining": "", "8bitmime": "", "smtputf8": ""}, Offers(pipelining=True, eight_bit=True, smtputf8=True)),
        ({"size": "35882577"}, Offers(size=True, largest=35882577)),
        ({"size": ""}, Offers(size=True)),
        ({"size": "0"}, Offers(size=True)),
        ({"size": "many"}, Offers(size=True)),
    ],
)
def test_offers(features, offers):
    """RFC 1870: SIZE with no number, or 0, tells no limit."""
    client = smtplib.SMTP()
    client.does_esmtp, client.esmtp_features = True, features
    assert Offers.of(client) == offers


STUFFED = [
    (b"", b"\r\n"),
    (b"Hello", b"Hello\r\n"),
    (b"Hello\r\n", b"Hello\r\n"),
    (b".", b"..\r\n"),
    (b".\r\n", b"..\r\n"),
    (b".\r\n.\r\n..\r\n", b"..\r\n..\r\n...\r\n"),
    (b"a.b\r\n.c\r\n", b"a.b\r\n..c\r\n"),
    (b"a\n.\r\nMAIL FROM:<x>", b"a\n..\r\nMAIL FROM:<x>\r\n"),
]


@pytest.mark.parametrize("content, body", STUFFED)
def test_stuffed(content, body):
    """RFC 5321, 4.5.2; also after a bare LF, which some servers take for the end of a line."""
    assert stuffed(content) == body


@given(st.lists(st.sampled_from([b".", b"..", b"a", b"a.", b"", b"\r\n"])).map(b"\r\n".join))
def test_stuffing_comes_off_again(content):
    """The server gets the message back, and no line of it is the end."""
    lines = stuffed(content).split(b"\r\n")
    assert b"." not in lines
    unstuffed = b"\r\n".join(line.removeprefix(b".") for line in lines)
    assert unstuffed == content if content.endswith(b"\r\n") else unstuffed == content + b"\r\n"
