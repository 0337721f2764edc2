"""The catcher judges deliveries, so it is held to the protocol byte by byte."""

import smtplib
import socket
import urllib.error
import urllib.request

import pytest

from dev.catcher import message
from dev.catcher.process import running
from dev.catcher.smtp import Session
from dev.catcher.store import Store, identity

BODIES = [
    b"",
    b".\r\n",
    b"..\r\n.\r\n",
    b"Subject: x\r\n\r\nFrom here\r\n>From there\r\n.hidden\r\n",
    b"From the first line\r\nlast line without end",
]


class Wire:
    """A transport that remembers what was written."""

    def __init__(self):
        self.written = b""
        self.is_closed = False

    def write(self, data):
        self.written += data

    def close(self):
        self.is_closed = True


def stuffed(body: bytes) -> bytes:
    """The body as a client writes it after 354."""
    lines = body if body.endswith(b"\r\n") or not body else body + b"\r\n"
    return b"".join(b"." + line if line[:1] == b"." else line for line in lines.splitlines(keepends=True)) + b".\r\n"


def session(store):
    """A session that has greeted."""
    begun = Session(store)
    begun.connection_made(Wire())
    begun._transport.written = b""
    return begun


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_bytes_survive(tmp_path, body, piece):
    """A message is kept byte for byte, however the bytes are cut on the way, and pipelined with the next."""
    store = Store(tmp_path)
    begun = session(store)
    envelope = b"MAIL FROM:<>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\n"
    stream = (envelope + stuffed(body)) * 2 + b"QUIT\r\n"
    for start in range(0, len(stream), piece):
        begun.data_received(stream[start : start + piece])
    kept = body if body.endswith(b"\r\n") or not body else body + b"\r\n"
    assert [store.message(1), store.message(2)] == [kept, kept]
    assert begun._transport.is_closed
    assert [line[:3] for line in begun._transport.written.splitlines()] == [b"250", b"250", b"354", b"250"] * 2 + [
        b"221"
    ]


REFUSED = [
    (b"DATA\r\n", b"503"),
    (b"RCPT TO:<ann@example.org>\r\n", b"503"),
    (b"MAIL ann@example.org\r\n", b"501"),
    (b"MAIL FROM:<a@b.test>\r\nMAIL FROM:<a@b.test>\r\n", b"503"),
    (b"STARTTLS\r\n", b"500"),
    (b"x" * 5000, b"500"),
]


@pytest.mark.parametrize("command, code", REFUSED)
def test_disorder_is_refused(command, code):
    """Commands out of order get the code of RFC 5321, and the session goes on."""
    begun = session(Store())
    begun.data_received(command)
    assert begun._transport.written.splitlines()[-1][:3] == code
    assert not begun._transport.is_closed


SAME = [
    ("ANN@Example.ORG", "ann@example.org"),
    ("info@müller.test", "info@xn--mller-kva.test"),
    ("info@MÜLLER.test", "info@xn--mller-kva.test"),
]


@pytest.mark.parametrize("one, other", SAME)
def test_identity(one, other):
    """Two spellings of one mailbox count as one, capitals and international domains too."""
    assert identity(one) == identity(other)


def test_counts():
    """The counts name who got two, and how much a connection carried."""
    store = Store()
    first, second = store.connected(), store.connected()
    store.add(first, "news@example.org", ("ann@example.org",), b"x")
    store.add(first, "news@example.org", ("bob@example.org",), b"x")
    store.add(second, "news@example.org", ("Ann@Example.org",), b"x")
    counters = store.counters()
    assert (counters["mails"], counters["unique_recipients"], counters["connections"]) == (3, 2, 2)
    assert (counters["twice"], counters["most_mails_per_connection"]) == (["ann@example.org"], 2)


def test_keeps_the_first_only(tmp_path):
    """With a limit the rest is counted and not kept."""
    store = Store(tmp_path, keep=1)
    for text in (b"one\r\n", b"two\r\n"):
        store.add(store.connected(), "", ("ann@example.org",), text)
    assert (store.message(1), store.message(2), store.message(0), store.message(3)) == (b"one\r\n", None, None, None)


BROKEN = [b"", b"\x00\xff", b"Content-Type: text/html; charset=nope\r\n\r\n<b>x", b"Subject: =?nope?q?x?=\r\n\r\n"]


@pytest.mark.parametrize("raw", BROKEN)
def test_page_never_fails(tmp_path, raw):
    """Whatever was caught can be listed and shown."""
    store = Store(tmp_path)
    caught = store.add(store.connected(), "", ("ann@example.org",), raw)
    message.row(store, caught)
    message.headers(raw), message.text_part(raw), message.html_part(raw), message.attachments(raw)


def test_process_end_to_end(tmp_path):
    """A standard client delivers, the page shows it with mail's own scripts shut out, and the mbox is left behind."""
    with running(folder=tmp_path) as catcher:
        with smtplib.SMTP("127.0.0.1", catcher.smtp_port) as client:
            client.sendmail(
                "a@example.org", ["b@example.org"], "Subject: <script>\nContent-Type: text/html\n\n<script>1</script>"
            )
        assert catcher.counters()["mails"] == 1
        page = urllib.request.urlopen(catcher.page, timeout=5).read()
        assert b"&lt;script&gt;" in page
        assert b"<script>" not in page
        shown = urllib.request.urlopen(catcher.page + "mail/1/html", timeout=5)
        assert shown.headers["Content-Security-Policy"].startswith("sandbox allow-popups ")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(catcher.page + "mail/2", timeout=5)
        port = catcher.smtp_port
    assert b"Subject: <script>" in (tmp_path / "mails.mbox").read_bytes()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
