"""Mails handed over by LMTP, over real sockets and by smtplib."""

import multiprocessing
import signal
import smtplib
import socket
import time

import pytest
from bulk_mailing.adapters.intake import LARGEST_BYTES, Fate
from bulk_mailing.adapters.intake.lmtp import serve_lmtp

FATES = {
    "ann@example.org": Fate.TAKEN,
    "nobody@example.org": Fate.REFUSED,
    "later@example.org": Fate.LATER,
    "early@example.org": Fate.NOT_YET,
}
MAIL = b"Subject: failure notice\r\n\r\n.dots\r\nand \xe9\r\n"


@pytest.fixture
def server(tmp_path):
    """The path of a socket, and what arrived there as a queue."""
    context = multiprocessing.get_context("fork")
    arrived, path = context.SimpleQueue(), str(tmp_path / "lmtp")

    def deliver(raw, recipient):
        arrived.put((raw, recipient))
        return FATES[recipient]

    process = context.Process(target=serve_lmtp, args=(path, deliver, [signal.SIGTERM]))
    process.start()
    _client((path,)).close()  # its file is there a moment before it listens
    yield path, arrived
    process.terminate()
    process.join()
    assert process.exitcode == 0


@pytest.fixture
def client(server):
    with smtplib.LMTP(server[0]) as connection:
        yield connection


def test_taken(client, server):
    """As it was sent, with the recipient of its envelope."""
    assert client.sendmail("", "ann@example.org", MAIL) == {}
    assert server[1].get() == (MAIL, "ann@example.org")


def test_refused(client):
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail("", "nobody@example.org", MAIL)
    assert refusal.value.smtp_code == 550


@pytest.mark.parametrize("recipient, code", [("later@example.org", 451), ("early@example.org", 450)])
def test_later(client, recipient, code):
    """The mail server keeps it and comes again."""
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail("", recipient, MAIL)
    assert refusal.value.smtp_code == code


def test_second_recipient(client, server):
    """The second is told to come again, so that each has a reply of its own."""
    client.sendmail("", ["ann@example.org", "nobody@example.org"], MAIL)
    assert server[1].get() == (MAIL, "ann@example.org")
    assert server[1].empty()


def test_second_mail(client, server):
    """One connection carries many."""
    for _ in range(2):
        client.sendmail("", "ann@example.org", MAIL)
        assert server[1].get()[1] == "ann@example.org"


def test_too_large(client, server):
    client.ehlo_or_helo_if_needed()
    assert client.docmd("MAIL", f"FROM:<> SIZE={LARGEST_BYTES + 1}")[0] == 552
    assert server[1].empty()


@pytest.mark.parametrize("length", [1100, 60_000])
def test_long_line(client, server, length):
    """Longer ones than RFC 5321 (4.5.3.1.6) allows are written by many, and are taken from a Maildir, too."""
    mail = MAIL + b"x" * length + b"\r\n"
    assert client.sendmail("", "ann@example.org", mail) == {}
    assert server[1].get() == (mail, "ann@example.org")


@pytest.mark.parametrize("end, code", [(b"\r\n", 552), (b"", 500)])
def test_too_large_after_all(client, server, end, code):
    """Its size was not told before, be it in many lines or in one; the next mail is taken."""
    client.ehlo_or_helo_if_needed()
    client.docmd("MAIL", "FROM:<>")
    client.docmd("RCPT", "TO:<ann@example.org>")
    assert client.data((b"x" * 1022 + end) * (LARGEST_BYTES // 1022 + 1))[0] == code
    assert client.sendmail("", "ann@example.org", MAIL) == {}
    assert server[1].get() == (MAIL, "ann@example.org")


def test_host_and_port(unused_port):
    context = multiprocessing.get_context("fork")
    where = ("127.0.0.1", unused_port)
    process = context.Process(target=serve_lmtp, args=(where, lambda *_: Fate.TAKEN, [signal.SIGTERM]))
    process.start()
    try:
        assert _client(where).sendmail("", "ann@example.org", MAIL) == {}
    finally:
        process.terminate()
        process.join()


@pytest.fixture
def unused_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _client(where):
    while True:
        try:
            return smtplib.LMTP(*where)
        except (ConnectionRefusedError, FileNotFoundError):
            time.sleep(0.01)
