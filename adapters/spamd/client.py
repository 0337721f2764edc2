"""Asks a spamd over TCP or a UNIX socket, within limits whatever it does."""

import socket
import threading
import time
from dataclasses import dataclass

from ...core.spam import SpamScore
from ...core.text import _
from ..deadline import Deadline
from . import protocol
from .asking import NotAsked

_CHUNK = 16 * 1024


@dataclass(frozen=True)
class Limits:
    """How long, and how much."""

    seconds: float = 10.0
    connect_seconds: float = 4.0
    bytes: int = 2 * 1024 * 1024  # spamc's own limit is 500 kB; pictures that go along make more, and are quickly read
    answer_bytes: int = 256 * 1024


class Spamd:
    """The spamd at a host and port, or at a UNIX socket if the host is a path."""

    def __init__(self, host: str, port: int = 783, limits: Limits | None = None):
        self._host, self._port, self._limits = host.strip(), port, limits or Limits()

    def score(self, message: bytes) -> SpamScore:
        """As in SpamFilter."""
        if len(message) > self._limits.bytes:
            raise NotAsked(
                _(
                    "The message is larger than %(kilobytes)d kB, too large for the spam filter.",
                    kilobytes=self._limits.bytes // 1024,
                )
            )
        deadline = Deadline(time.monotonic, self._limits.seconds)
        try:
            # a body could hold another server's commands: nothing of it goes to what is not spamd
            if not protocol.is_pong(self._exchange(protocol.PING, deadline)):
                raise protocol.not_spamd()
            return protocol.read_score(self._exchange(protocol.request(message), deadline))
        except TimeoutError as error:
            raise NotAsked(_("The spam filter does not answer in time.")) from error
        except (OSError, ValueError, OverflowError) as error:  # also a name that can be none, a port out of range
            raise NotAsked(_("There is no connection to the spam filter.")) from error

    def _exchange(self, request: bytes, deadline: Deadline) -> bytes:
        with self._connected(deadline) as connection:
            connection.settimeout(deadline.left())
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return self._read(connection, deadline)

    def _read(self, connection: socket.socket, deadline: Deadline) -> bytes:
        """All that comes; spamd closes the connection behind its answer."""
        answer = bytearray()
        while len(answer) <= self._limits.answer_bytes:
            connection.settimeout(deadline.left())
            chunk = connection.recv(_CHUNK)
            if not chunk:
                return bytes(answer)
            answer += chunk
        raise protocol.not_spamd()

    def _connected(self, deadline: Deadline) -> socket.socket:
        soon = Deadline(time.monotonic, min(self._limits.connect_seconds, deadline.left()))
        if self._host.startswith("/"):
            return _open(socket.AF_UNIX, self._host, soon.left())
        failure = OSError("no address")
        for family, _type, _protocol, _name, address in _addresses(self._host, self._port, soon.left()):
            try:
                return _open(family, address, soon.left())
            except OSError as error:
                failure = error
        raise failure


def _open(family: int, address, seconds: float) -> socket.socket:
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def _addresses(host: str, port: int, seconds: float) -> list[tuple]:
    """As getaddrinfo, which knows no limit of time, in a thread that nobody waits for any longer."""
    found = []

    def look_up():
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError, OverflowError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True, name="spamd_name")
    thread.start()
    thread.join(seconds)
    if not found:
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]
