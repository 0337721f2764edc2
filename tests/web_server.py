"""A real web server on a loopback socket that says what a test wants, byte by byte, and as slowly as it wants.

with WebServer() as server:
    server.pages["/a.png"] = answer(PNG, "image/png")
"""

import contextlib
import io
import socket
import threading
import time

from PIL import Image


def picture(width=4, height=3, kind="PNG", colour="red", **options):
    """The bytes of a small picture."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, kind, **options)
    return data.getvalue()


def answer(body=b"", content_type="image/png", status="200 OK", **headers):
    """A whole HTTP answer; `Content_Length="5"` lies."""
    headers = {"Content_Type": content_type, "Content_Length": len(body), **headers}
    lines = (f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode() + body


def redirect(location, status="302 Found"):
    return answer(status=status, Location=location)


def drip(first=b"", piece=b"x", every=0.05):
    """An answer that never ends: some bytes, and then a piece again and again."""
    yield first
    while True:
        if every:
            time.sleep(every)
        yield piece


class WebServer:
    """`pages` are bytes, or functions that give an iterator of bytes; `asked` are the heads of requests so far."""

    def __init__(self, host="127.0.0.1", tls=None, port=0):
        self.pages, self.asked, self._tls = {}, [], tls
        self._listener = socket.create_server((host, port))
        self.host, self.port = self._listener.getsockname()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._serve, daemon=True)]

    def url(self, path, host=None):
        """The URL of a page."""
        return f"http{'s' if self._tls else ''}://{host or self.host}:{self.port}{path}"

    @property
    def paths(self):
        """The paths that were asked for."""
        return [head.split()[1].decode() for head in self.asked]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_exc):
        self._stopped.set()
        socket.create_connection((self.host, self.port)).close()  # so that accept() looks
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _serve(self):
        while not self._stopped.is_set():
            connection, _peer = self._listener.accept()
            self._threads.append(threading.Thread(target=self._answer, args=[connection], daemon=True))
            self._threads[-1].start()

    def _answer(self, connection):
        connection.settimeout(5)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with contextlib.closing(connection):
                self._talk(connection)

    def _talk(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                return
            head += piece
            if head[:1] == b"\x16":  # TLS, where there is none
                connection.sendall(answer(status="400 Bad Request"))
                return
        self.asked.append(head)
        page = self.pages.get(head.split()[1].decode(), answer(status="404 Not Found"))
        for piece in [page] if isinstance(page, bytes) else page():
            if self._stopped.is_set():
                return
            connection.sendall(piece)
