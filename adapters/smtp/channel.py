"""An open socket that is never waited for: plain, Python's TLS, or the TLS that Odoo uses for certificates."""

import contextlib
import socket
import ssl

RECEIVE_BYTES = 64 * 1024  # more than a TLS record, so that nothing stays where no selector sees it
LARGE_PART = 64 * 1024
BLOCKED = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Channel:
    """A plain socket, taken over from an open `smtplib.SMTP`; `None` means that nothing can be done now."""

    def __init__(self, connection):
        self._connection = connection
        self._socket = connection.sock
        self._socket.settimeout(0)
        with contextlib.suppress(OSError, AttributeError):  # a TLS wrapper may lack it
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.early = self._read_ahead()

    def _read_ahead(self) -> bytes:
        """What smtplib's buffered file has read beyond the last reply."""
        try:
            return self._connection.file.peek() if self._connection.file else b""
        except (OSError, ValueError):  # it also tries the socket, where nothing is
            return b""

    def fileno(self) -> int:
        """For a selector."""
        return self._socket.fileno()

    def send(self, parts: list) -> int | None:
        """Hand over what the kernel takes of the parts; raises OSError where the connection is broken."""
        try:
            return self._socket.sendmsg(parts)
        except BlockingIOError:
            return None

    def receive(self) -> bytes | None:
        """What has arrived; empty where the server has closed."""
        try:
            return self._socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return None

    def close(self) -> None:
        """Close without a word."""
        with contextlib.suppress(OSError):
            self._connection.close()


class TlsChannel(Channel):
    """Python's own TLS, which takes and gives a record at a time."""

    def send(self, parts: list) -> int | None:
        # A call that was blocked has to be repeated with the same bytes, and more of them at most
        data = memoryview(parts[0] if len(parts[0]) > LARGE_PART else b"".join(parts))
        sent = 0
        try:
            while sent < len(data):
                sent += self._send_record(data[sent:])
        except BlockingIOError:
            return sent or None
        except OSError:
            if not sent:  # what has left us has left us, perhaps with a final dot in it; the next call raises
                raise
        return sent

    def receive(self) -> bytes | None:
        try:
            return self._receive_record()
        except BlockingIOError:
            return None

    def _send_record(self, data: memoryview) -> int:
        try:
            return self._socket.send(data)
        except BLOCKED as error:
            raise BlockingIOError from error

    def _receive_record(self) -> bytes:
        try:
            return self._socket.recv(RECEIVE_BYTES)
        except BLOCKED as error:
            raise BlockingIOError from error


class CertificateChannel(TlsChannel):
    """pyOpenSSL, wrapped by urllib3, whose own methods would wait."""

    def _send_record(self, data: memoryview) -> int:
        return self._translated(self._socket.connection.send, data)

    def _receive_record(self) -> bytes:
        return self._translated(self._socket.connection.recv, RECEIVE_BYTES)

    def _translated(self, function, argument):
        from OpenSSL import SSL

        try:
            return function(argument)
        except (SSL.WantReadError, SSL.WantWriteError) as error:
            raise BlockingIOError from error
        except SSL.ZeroReturnError:
            return b""
        except SSL.Error as error:
            raise ConnectionError(str(error)) from error


def channel(connection) -> Channel:
    """The right one for the connection's socket."""
    if isinstance(connection.sock, ssl.SSLSocket):
        return TlsChannel(connection)
    if hasattr(connection.sock, "connection"):
        return CertificateChannel(connection)
    return Channel(connection)
