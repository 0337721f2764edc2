"""An open socket that is never waited for: plain, Python's TLS, or the TLS that Odoo uses for certificates."""

import contextlib
import socket
import ssl

RECEIVE_BYTES = 64 * 1024


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
    """Python's own TLS. A write takes one record at most, and decrypted bytes may wait where no selector sees them."""

    BLOCKED = (ssl.SSLWantReadError, ssl.SSLWantWriteError)

    def __init__(self, connection):
        super().__init__(connection)
        self._tls = self._socket

    def send(self, parts: list) -> int | None:
        data, sent = memoryview(b"".join(parts)), 0
        try:
            while sent < len(data):
                sent += self._tls.send(data[sent:])
        except self.BLOCKED:
            return sent or None
        return sent

    def receive(self) -> bytes | None:
        received = []
        try:
            while data := self._tls.recv(RECEIVE_BYTES):
                received.append(data)
                if not self._tls.pending():
                    break
        except self.BLOCKED:
            return b"".join(received) or None
        return b"".join(received)


class CertificateChannel(TlsChannel):
    """pyOpenSSL, wrapped by urllib3, whose own methods would wait."""

    def __init__(self, connection):
        from OpenSSL import SSL

        super().__init__(connection)
        self._ssl, self._tls = SSL, self._socket.connection
        self.BLOCKED = (SSL.WantReadError, SSL.WantWriteError)

    def send(self, parts: list) -> int | None:
        try:
            return super().send(parts)
        except self._ssl.Error as error:
            raise OSError(str(error)) from error

    def receive(self) -> bytes | None:
        try:
            return super().receive()
        except (self._ssl.ZeroReturnError, self._ssl.SysCallError):
            return b""
        except self._ssl.Error as error:
            raise OSError(str(error)) from error


def channel(connection) -> Channel:
    """The right one for the connection's socket."""
    if isinstance(connection.sock, ssl.SSLSocket):
        return TlsChannel(connection)
    if hasattr(connection.sock, "connection"):
        return CertificateChannel(connection)
    return Channel(connection)
