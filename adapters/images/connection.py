"""One request to one address: TLS for the host's name, bytes counted, the deadline kept at each of them."""

import http.client
import io
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from ...core.pictures import WebAddress
from ...core.text import _
from ..deadline import Deadline
from .fetcher import NotFetched

_MOST_HEADERS = 64 * 1024
FOR_PICTURES = {
    "User-Agent": "bulk_mailing (copies pictures of a mailing)",
    "Accept": "image/webp,image/png,image/jpeg,image/gif",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_COMPRESSED = ("gzip", "x-gzip", "deflate")


@dataclass(frozen=True)
class Answer:
    """What a server said: with a redirect the place where to look, else the body."""

    status: int
    location: str
    body: bytes


def ask(
    web_address: WebAddress,
    addresses: list,
    tls: ssl.SSLContext,
    deadline: Deadline,
    most: int,
    headers: Mapping[str, str],
) -> Answer:
    """Ask for a path at the first of these addresses that answers; no name is looked up.

    Raises NotFetched, OSError (also TimeoutError), http.client.HTTPException.
    """
    with _connected(web_address, addresses, deadline) as plain:
        sock = plain
        if web_address.scheme == "https":
            plain.settimeout(deadline.left())
            sock = tls.wrap_socket(plain, server_hostname=web_address.host)
        with sock:
            return _exchange(_Guarded(sock, deadline, most + _MOST_HEADERS), web_address, most, headers)


def _connected(web_address: WebAddress, addresses: list, deadline: Deadline) -> socket.socket:
    failure = None
    for tried, address in enumerate(addresses):
        seconds = deadline.left() / (len(addresses) - tried)
        try:
            return socket.create_connection((str(address), web_address.port), seconds)
        except OSError as error:
            failure = error
    raise failure


def _exchange(guarded: "_Guarded", web_address: WebAddress, most: int, headers: Mapping[str, str]) -> Answer:
    connection = http.client.HTTPConnection(web_address.host, web_address.port)
    connection.auto_open = 0  # it would look the name up
    connection.sock = guarded
    connection.request("GET", web_address.path, headers={"Host": web_address.netloc, **headers})
    response = connection.getresponse()
    location = response.headers.get("Location", "")
    if response.status != http.HTTPStatus.OK:
        return Answer(response.status, location, b"")
    body = response.read(most + 1)
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in _COMPRESSED:
        body = _unpacked(body, most)
    if len(body) > most:
        raise too_large(most)
    return Answer(response.status, location, body)


def _unpacked(body: bytes, most: int) -> bytes:
    """What was compressed although we asked for it plain; never more than one byte over the limit."""
    automatic = 32 + zlib.MAX_WBITS  # gzip or zlib, whichever it is
    try:
        return zlib.decompressobj(automatic).decompress(body, most + 1)
    except zlib.error as error:
        raise NotFetched(_("What came is damaged.")) from error


def too_large(most: int) -> NotFetched:
    """The answer to bytes without end."""
    return NotFetched(_("The picture is larger than %(megabytes)d MB.", megabytes=most // 1024**2))


class _Guarded:
    """The part of a socket that http.client uses, which reads and writes until the deadline and not beyond a limit."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int):
        self._sock, self._deadline, self._most = sock, deadline, most

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline, self._most))

    def close(self) -> None:
        """Whoever opened it closes it."""


class _Reader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline, most: int):
        self._sock, self._deadline, self._most = sock, deadline, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._most -= count
        if self._most < 0:
            raise NotFetched(_("The other server does not stop sending."))
        return count
