"""Sockets that take and give what they can, and no more than they say."""

import ssl
from types import SimpleNamespace

import pytest
from bulk_mailing.adapters.smtp.channel import LARGE_PART, CertificateChannel, TlsChannel
from OpenSSL import SSL

RECORD = 16384


class TlsSocket:
    """Takes a record at each call, or does what is on its list."""

    def __init__(self, *deeds):
        self.deeds, self.taken = list(deeds), b""

    def settimeout(self, _seconds):
        """As a socket."""

    def setsockopt(self, *_option):
        """As a socket."""

    def send(self, data):
        """A record, or the next deed."""
        deed = self.deeds.pop(0) if self.deeds else None
        if deed:
            raise deed
        self.taken += bytes(data[:RECORD])
        return min(len(data), RECORD)

    def recv(self, _size):
        """The next deed."""
        deed = self.deeds.pop(0)
        if isinstance(deed, bytes):
            return deed
        raise deed


def python_tls(*deeds):
    return TlsChannel(SimpleNamespace(sock=TlsSocket(*deeds), file=None))


def openssl(*deeds):
    wrapped = TlsSocket(*deeds)
    wrapped.connection = wrapped
    return CertificateChannel(SimpleNamespace(sock=wrapped, file=None))


BLOCKED = {python_tls: ssl.SSLWantWriteError(), openssl: SSL.WantWriteError()}
BROKEN = {python_tls: ssl.SSLEOFError(), openssl: SSL.SysCallError(104, "ECONNRESET")}
BOTH = pytest.mark.parametrize("kind", [python_tls, openssl])


@BOTH
def test_all_of_it(kind):
    """Several records at once, in order."""
    channel, parts = kind(), [b"a" * 20_000, b".\r\n", b"b" * 20_000]
    assert channel.send(parts) == 40_003
    assert channel._socket.taken == b"".join(parts)


@BOTH
def test_blocked(kind):
    """What was taken before counts; nothing is something else than the end."""
    channel = kind(None, BLOCKED[kind], BLOCKED[kind])
    assert channel.send([b"a" * 20_000]) == RECORD
    assert channel.send([b"a" * 3616]) is None


@BOTH
def test_broken_after_a_record(kind):
    """A record that has left may have a final dot in it: it counts, though the next record breaks the connection."""
    channel = kind(None, BROKEN[kind], BROKEN[kind])
    assert channel.send([b"a" * 10_000, b".\r\n", b"b" * 10_000]) == RECORD
    with pytest.raises(OSError):  # noqa: PT011 - of many kinds
        channel.send([b"b" * 3619])


@BOTH
def test_large_part_goes_alone(kind):
    """A message of megabytes is not copied for each of its records."""
    assert kind().send([memoryview(b"a" * (LARGE_PART + 1)), b".\r\n"]) == LARGE_PART + 1


@BOTH
def test_received(kind):
    """Bytes, nothing yet, the end, and a broken connection are told apart."""
    ends = {python_tls: b"", openssl: SSL.ZeroReturnError()}
    wants = {python_tls: ssl.SSLWantReadError(), openssl: SSL.WantReadError()}
    channel = kind(b"250 Ok\r\n", wants[kind], ends[kind], BROKEN[kind])
    assert [channel.receive() for _time in range(3)] == [b"250 Ok\r\n", None, b""]
    with pytest.raises(OSError):  # noqa: PT011 - of many kinds
        channel.receive()
