"""The client against real sockets: a spamd that answers, and everything else that may listen there, or not."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest
from bulk_mailing.adapters.spamd import FakeSpamFilter, Limits, NotAsked, Spamd
from bulk_mailing.core.spam import SpamScore
from bulk_mailing.core.text import Text

PONG = b"SPAMD/1.5 0 PONG\r\n"
SCORE = b"SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\nSpam: False ; 1.5 / 5.0\r\n\r\n"
MAIL = b"Subject: x\r\n\r\nFLUSHALL\r\n"
QUICK = Limits(seconds=0.5, connect_seconds=0.3, bytes=1000, answer_bytes=1000)
SILENCE, FOR_EVER, BIT_BY_BIT = object(), object(), object()


class Listener:
    """Gives each connection the next of its answers; `heard` is what came."""

    def __init__(self, listening, answers):
        self.listening, self.answers, self.heard = listening, answers, []
        self.over = threading.Event()

    def serve(self):
        for said in self.answers:
            with suppress(OSError), self.listening.accept()[0] as connection:
                self._answer(connection, said)

    def _answer(self, connection, said):
        if said is SILENCE:
            self.over.wait()
        elif isinstance(said, bytes):
            self.heard.append(b"".join(iter(lambda: connection.recv(4096), b"")))
            connection.sendall(said)
        else:
            while not self.over.wait(0.05 if said is BIT_BY_BIT else 0):
                connection.sendall(b"S")


@contextmanager
def listening(*answers, family=socket.AF_INET, address=("127.0.0.1", 0)):
    """A server in a thread; yields it."""
    with socket.socket(family) as server:
        server.bind(address)
        server.listen()
        server.settimeout(5)
        listener = Listener(server, answers)
        thread = threading.Thread(target=listener.serve)
        thread.start()
        try:
            yield listener
        finally:
            listener.over.set()
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            thread.join()


def score_at(listener, message=MAIL):
    return Spamd("127.0.0.1", listener.listening.getsockname()[1], QUICK).score(message)


def test_score():
    """C11: spamd is asked for a report on the whole message."""
    with listening(PONG, SCORE) as listener:
        assert score_at(listener) == SpamScore(1.5)
    assert listener.heard[1].startswith(b"REPORT ")
    assert listener.heard[1].endswith(b"\r\n\r\n" + MAIL)


def test_unix_socket(tmp_path):
    """C11: a path is a UNIX socket."""
    path = str(tmp_path / "spamd")
    with listening(PONG, SCORE, family=socket.AF_UNIX, address=path):
        assert Spamd(path, limits=QUICK).score(MAIL) == SpamScore(1.5)


@pytest.mark.parametrize("said", [SILENCE, BIT_BY_BIT, FOR_EVER, b"", b"+PONG\r\n", b"\0\xff" * 100])
def test_something_else(said):
    """C11: what hangs, drips, floods, drops or talks otherwise is the one error, and sees nothing of the mail."""
    with listening(said, said) as listener, pytest.raises(NotAsked):
        score_at(listener)
    assert not any(b"FLUSHALL" in heard for heard in listener.heard)


@pytest.mark.parametrize("said", [SILENCE, BIT_BY_BIT, FOR_EVER, b"", SCORE[:30], b"\0\xff" * 100])
def test_trouble_while_it_looks(said):
    """C11: a spamd that hangs, drips, floods, drops or answers garbage is the one error."""
    with listening(PONG, said) as listener, pytest.raises(NotAsked):
        score_at(listener)


def test_nobody_there(tmp_path):
    """C11: a closed port, a name that does not exist or cannot, and a socket that is not there are the one error."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        for host in ("127.0.0.1", "nowhere.invalid", "x" * 70, "a\0b", str(tmp_path / "none"), "/" * 200, "/a\0b"):
            with pytest.raises(NotAsked):
                Spamd(host, free.getsockname()[1], QUICK).score(MAIL)
    with pytest.raises(NotAsked):
        Spamd("127.0.0.1", 99999, QUICK).score(MAIL)


def test_listens_but_never_accepts():
    """C11: a server whose queue is full is waited for no longer than is said."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with pytest.raises(NotAsked, match="in time"):
            Spamd("127.0.0.1", full.getsockname()[1], QUICK).score(MAIL)


def test_large_message():
    """C11: a message over the limit is not sent at all."""
    with listening() as listener, pytest.raises(NotAsked, match="larger"):
        score_at(listener, b"x" * 1001)


def test_fake():
    """The fake does as the real one: a score, or the one error."""
    assert FakeSpamFilter(SpamScore(2.0)).score(MAIL) == SpamScore(2.0)
    with pytest.raises(NotAsked, match="Away"):
        FakeSpamFilter(Text("Away.")).score(MAIL)
