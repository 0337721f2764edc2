"""A server on a real socket that follows a stage direction: for what the other servers of the tests cannot do."""

import contextlib
import socket
import ssl
import struct
import threading
import time

from bulk_mailing.adapters.smtp.outbox import END


class StageServer:
    """Each connection is played by `play(server, client)` in a thread; `client` is a `Client`."""

    def __init__(self, play, tls=None):
        self.play, self.tls = play, tls
        self.messages, self.commands = [], []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = []

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_exc):
        self._listener.close()

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                plain, _address = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain):
        with contextlib.suppress(OSError, EOFError), plain:
            self.play(self, Client(self, plain))


class Client:
    """Who has called: lines and messages come in, words go out."""

    def __init__(self, server, plain):
        self.server, self.socket = server, plain
        self._rest = b""
        self.by_the_byte = False

    def say(self, *lines):
        """Say lines, in one piece, or slowly."""
        data = "".join(f"{line}\r\n" for line in lines).encode()
        if not self.by_the_byte:
            self.socket.sendall(data)
            return
        for byte in data:
            self.socket.sendall(bytes([byte]))
            time.sleep(0.0005)

    def hear(self, end=b"\r\n"):
        """The next line, or everything up to the end."""
        while end not in self._rest:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError
            self._rest += data
        heard, _end, self._rest = self._rest.partition(end)
        return heard

    def hear_bytes(self, count):
        """So many bytes, and whatever came with them."""
        while len(self._rest) < count:
            data = self.socket.recv(min(65536, count))
            if not data:
                raise EOFError
            self._rest += data

    def greet(self, *features):
        """Banner and EHLO."""
        self.say("220 stage ESMTP")
        self.offer(*features)

    def offer(self, *features):
        """EHLO."""
        self.hear()
        self.say(*(f"250-{feature}" for feature in ("stage", *features)), "250 HELP")

    def start_tls(self, injected=""):
        """STARTTLS, and what somebody on the way adds to its reply."""
        self.greet("STARTTLS")
        self.hear()
        self.say(*["220 Go ahead", injected][: 2 if injected else 1])
        self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)

    def serve(self, **replies):
        """Answer everything kindly, or as told: `rcpt="550 No"`; None hangs up."""
        said = {"mail": "250 Ok", "rcpt": "250 Ok", "data": "354 Go", "dot": "250 2.0.0 Ok", **replies}
        while True:
            line = self.hear().decode()
            self.server.commands.append(line)
            verb = line[:4].lower()
            self.say_or_close(said.get(verb, "221 Bye" if verb == "quit" else "250 Ok"))
            if verb == "quit":
                return
            if verb == "data" and said["data"].startswith("3"):
                self._take_message(said["dot"])

    def _take_message(self, reply):
        # the line end of DATA is gone, so a message that is only a dot has none before it
        self._rest = b"\r\n" + self._rest
        self.server.messages.append(self.hear(b"\r\n" + END)[2:] + b"\r\n")
        self.say_or_close(reply)

    def say_or_close(self, words):
        """Words, or the end."""
        if words is None:
            raise EOFError
        self.say(words)

    def reset(self):
        """Close with a TCP reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise EOFError


def tls_context(certificate, key):
    """The server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
