"""A small LMTP server (RFC 2033), for a mail server on this host."""

import asyncio
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP

from .fate import LARGEST_BYTES, Fate

_REPLIES = {
    Fate.TAKEN: "250 2.0.0 Taken",
    Fate.REFUSED: "550 5.3.0 Nobody here takes this mail",
    Fate.LATER: "451 4.3.0 Not now, try again later",
    Fate.NOT_YET: "450 4.3.0 Not yet, try again later",
}


class NoPlace(Exception):
    """Nothing can listen there; the message is for people."""


def listening_place(given: str) -> str | tuple[str, int]:
    """The path of a UNIX socket, or host and port; who may connect may put mail in, so only this host by default.

    :raises NoPlace: if it is neither
    """
    if "/" in given:
        return given
    try:
        place = urlsplit(f"//:{given}" if given.isdigit() else f"//{given}")
        host, port = place.hostname or "127.0.0.1", place.port
    except ValueError:
        port = None
    if port is None:
        raise NoPlace(
            f"Listen at a port (up to 65535), at HOST:PORT, [IPv6]:PORT or a socket's path, not at “{given}”."
        )
    return host, port


def serve_lmtp(
    where: str | tuple[str, int], deliver: Callable[[bytes, str], Fate], stop_signals: Iterable[int]
) -> None:
    """Take mails until one of the signals comes, one at a time; a mail that is being delivered ends.

    :param where: the path of a UNIX socket, or host and port
    :param deliver: called with the mail and its recipient
    :raises OSError: if nothing can listen there
    """
    asyncio.run(_serve(where, _Desk(deliver), stop_signals))


class _Lmtp(LMTP):
    # many write longer lines than the 1,000 bytes of RFC 5321 (4.5.3.1.6): only the whole is limited
    line_length_limit = LARGEST_BYTES


class _Desk:
    """aiosmtpd's handler."""

    def __init__(self, deliver: Callable[[bytes, str], Fate]):
        self._deliver = deliver

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if envelope.rcpt_tos:
            # RFC 2033 wants a reply a recipient after the dot, which aiosmtpd does not give; the client comes again
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Go on"

    async def handle_DATA(self, _server, _session, envelope):
        return _REPLIES[self._deliver(envelope.original_content, envelope.rcpt_tos[0])]


async def _serve(where, desk: _Desk, stop_signals: Iterable[int]) -> None:
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in stop_signals:
        loop.add_signal_handler(number, over.set)

    def protocol():
        return _Lmtp(desk, data_size_limit=LARGEST_BYTES, enable_SMTPUTF8=True, loop=loop)

    if isinstance(where, str):
        server = await loop.create_unix_server(protocol, where)
    else:
        server = await loop.create_server(protocol, *where)
    async with server:
        await over.wait()
