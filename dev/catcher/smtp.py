"""A quick SMTP server (RFC 5321) with PIPELINING, 8BITMIME, SIZE and SMTPUTF8, that accepts whatever it is given."""

import asyncio
import re

from .store import Store

MAX_MESSAGE_BYTES = 50 * 1024 * 1024
MAX_LINE_BYTES = 4096  # RFC 5321 4.5.3.1.4 asks for 512, extensions for more
END_OF_MESSAGE = b"\r\n.\r\n"
GREETING = b"220 catcher.test ESMTP, nothing leaves this machine\r\n"
CAPABILITIES = (
    b"250-catcher.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
    b"250-ENHANCEDSTATUSCODES\r\n250 SIZE %d\r\n" % MAX_MESSAGE_BYTES
)
PATH = re.compile(rb"\s*<([^<>]*)>(.*)", re.DOTALL)


class Session(asyncio.Protocol):
    """One connection: bytes come in as they come, replies of one group of commands leave in one write."""

    def __init__(self, store: Store):
        self._store = store
        self._buffer = bytearray()
        self._replies: list[bytes] = []
        self._in_data = False
        self._searched = 0
        self._quits = False
        self._forget_envelope()

    def connection_made(self, transport):
        """Greet."""
        self._transport = transport
        self._number = self._store.connected()
        transport.write(GREETING)

    def data_received(self, data):
        """Answer all that is complete."""
        self._buffer += data
        while self._end_message() if self._in_data else self._next_command():
            pass
        if self._replies:
            self._transport.write(b"".join(self._replies))
            self._replies.clear()
        if self._quits:
            self._transport.close()

    def _next_command(self) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0 or self._quits:
            if len(self._buffer) > MAX_LINE_BYTES:
                self._buffer.clear()
                self._reply(b"500 5.5.2 Line too long")
            return False
        line = bytes(self._buffer[:end])
        if line[:4].upper() == b"DATA":
            return self._begin_message(end)
        del self._buffer[: end + 2]
        verb, _, argument = line.partition(b" ")
        command = COMMANDS.get(verb.upper())
        if command is None:
            self._reply(b"500 5.5.1 Command unknown")
        else:
            command(self, argument)
        return True

    def _reply(self, line: bytes) -> None:
        self._replies.append(line + b"\r\n")

    def _forget_envelope(self) -> None:
        self._sender: str | None = None
        self._recipients: list[str] = []

    def _hello(self, _argument: bytes) -> None:
        self._forget_envelope()
        self._replies.append(CAPABILITIES)

    def _mail(self, argument: bytes) -> None:
        path = PATH.match(argument[5:]) if argument[:5].upper() == b"FROM:" else None
        if path is None:
            self._reply(b"501 5.5.4 MAIL FROM:<address>")
        elif self._sender is not None:
            self._reply(b"503 5.5.1 There is a sender already")
        else:
            self._sender = path[1].decode(errors="replace")
            self._reply(b"250 2.1.0 Sender ok")

    def _rcpt(self, argument: bytes) -> None:
        path = PATH.match(argument[3:]) if argument[:3].upper() == b"TO:" else None
        if self._sender is None:
            self._reply(b"503 5.5.1 MAIL first")
        elif path is None or not path[1]:
            self._reply(b"501 5.5.4 RCPT TO:<address>")
        else:
            self._recipients.append(path[1].decode(errors="replace"))
            self._reply(b"250 2.1.5 Recipient ok")

    def _rset(self, _argument: bytes) -> None:
        self._forget_envelope()
        self._reply(b"250 2.0.0 Forgotten")

    def _noop(self, _argument: bytes) -> None:
        self._reply(b"250 2.0.0 Ok")

    def _quit(self, _argument: bytes) -> None:
        self._quits = True
        self._reply(b"221 2.0.0 Bye")

    def _begin_message(self, end: int) -> bool:
        if not self._recipients:
            del self._buffer[: end + 2]
            self._reply(b"503 5.5.1 RCPT first")
            return True
        # the line end of DATA stays: it makes a dot in the first line look like one in any other
        del self._buffer[:end]
        self._in_data, self._searched, self._has_stuffed_dot = True, 0, False
        self._reply(b"354 End with a dot on a line of its own")
        return True

    def _end_message(self) -> bool:
        end = self._find_end()
        if end < 0:
            if len(self._buffer) > MAX_MESSAGE_BYTES:
                self._reply(b"552 5.3.4 Message too big")
                self._quits = True
            return False
        message = bytes(self._buffer[: end + 2])
        if self._has_stuffed_dot:
            message = message.replace(b"\r\n.", b"\r\n")
        del self._buffer[: end + len(END_OF_MESSAGE)]
        caught = self._store.add(self._number, self._sender, tuple(self._recipients), message[2:])
        self._in_data = False
        self._forget_envelope()
        self._reply(b"250 2.0.0 Caught as %d" % caught.number)
        return True

    def _find_end(self) -> int:
        """Where the end of the message begins, -1 if it is not here yet; one pass finds stuffed dots as well."""
        buffer = self._buffer
        while True:
            dot = buffer.find(b"\r\n.", self._searched)
            if dot < 0:
                self._searched = max(0, len(buffer) - 2)
                return -1
            self._searched = dot
            if len(buffer) < dot + len(END_OF_MESSAGE):
                return -1
            if buffer.startswith(END_OF_MESSAGE, dot):
                return dot
            self._has_stuffed_dot = True
            self._searched = dot + 3


COMMANDS = {
    b"EHLO": Session._hello,
    b"HELO": lambda session, _argument: session._rset(b""),
    b"MAIL": Session._mail,
    b"RCPT": Session._rcpt,
    b"RSET": Session._rset,
    b"NOOP": Session._noop,
    b"VRFY": lambda session, _argument: session._reply(b"252 2.1.5 Send, and see"),
    b"QUIT": Session._quit,
}


async def listen(store: Store, port: int = 0, host: str = "127.0.0.1") -> asyncio.Server:
    """Listen on the port, or on a free one for 0; the server's sockets tell which."""
    return await asyncio.get_running_loop().create_server(lambda: Session(store), host, port, backlog=512)
