"""A mail server without a network: it takes bytes in any portions, and does at each command what a script says."""

import selectors
from collections import deque
from types import SimpleNamespace

from bulk_mailing.adapters.smtp import line, wire

OK = {"MAIL": "250 2.1.0 Ok", "RCPT": "250 2.1.5 Ok", "DATA": "354 Go on", "DOT": "250-2.0.0 Taken\r\n250 2.0.0 as 1"}
REPLIES = {
    "later": "450 4.2.0 Later",
    "never": "550-5.1.1 No\r\n550 5.1.1 such user",
    "closing": "421 4.3.2 Closing",
    "nonsense": "hello?",
}
# drop: hang up; deaf: take the message and hang up without a word
DEEDS = ("ok", *REPLIES, "drop", "deaf")


class ModelServer:
    """All connections of a server. `script` tells what it does at each command; when it has ended, all is well."""

    def __init__(self, script=(), portions=(), features=("pipelining",)):
        self.script, self.portions = deque(script), deque(portions)
        self.features = dict.fromkeys(features, "")
        self.accepted, self.connections = [], []

    def connect(self):
        """A new connection, as smtplib would return it."""
        connection = ModelConnection(self)
        self.connections.append(connection)
        return connection

    def portion(self, most):
        """How many bytes go at once."""
        return min(most, self.portions.popleft()) if self.portions else most


class ModelConnection:
    """One connection, its own channel. As some servers do, it keeps the envelope of a message that it has refused."""

    early = b""

    def __init__(self, server):
        self.server = server
        self.esmtp_features = server.features
        self.heard, self.said = b"", b""
        self.is_closed, self.in_message = False, False
        self.sender = self.recipient = None

    def has_extn(self, name):
        """As smtplib."""
        return name in self.server.features

    # The channel's side

    def fileno(self):
        """None that could be waited for."""
        return id(self)

    def send(self, parts):
        """Take a portion."""
        if self.is_closed:
            raise BrokenPipeError
        data = b"".join(parts)
        data = data[: self.server.portion(len(data))]
        self.heard += data
        while self.heard and not self.is_closed and self._act():
            pass
        return len(data) or None

    def receive(self):
        """Give a portion."""
        size = self.server.portion(len(self.said))
        data, self.said = self.said[:size], self.said[size:]
        return data or (b"" if self.is_closed and not self.said else None)

    def close(self):
        """Nothing more."""
        self.is_closed = True

    # The server's side

    def _act(self):
        end = b"\r\n.\r\n" if self.in_message else b"\r\n"
        heard = b"\r\n" + self.heard if self.in_message else self.heard
        before, found, after = heard.partition(end)
        if not found:
            return False
        self.heard = after
        self._answer("DOT" if self.in_message else before[:4].decode(), before)
        return True

    def _answer(self, command, line):
        self.in_message = False
        if command in ("RSET", "QUIT"):
            self.sender = self.recipient = None
            self._say("250 Ok" if command == "RSET" else "221 Bye")
            self.is_closed = command == "QUIT"
            return
        deed = self.server.script.popleft() if self.server.script else "ok"
        if deed == "ok" or (deed == "deaf" and command == "DOT"):
            self._accept(command, line)
        if deed in ("drop", "deaf"):
            self.is_closed, self.said = True, self.said if deed == "drop" else b""
        elif deed != "ok":
            self._say(REPLIES[deed])
            self.is_closed = deed == "closing"

    def _accept(self, command, line):
        is_in_order = {
            "MAIL": self.sender is None,
            "RCPT": self.sender is not None,
            "DATA": self.recipient is not None or "354 anyway" in self.server.features,
            "DOT": self.recipient is not None,
        }
        if not is_in_order[command]:
            self._say("503 5.5.1 Not now" if command != "DOT" else "554 5.5.1 To nobody")
            return
        if command in ("MAIL", "RCPT"):
            setattr(self, {"MAIL": "sender", "RCPT": "recipient"}[command], line.split(b"<")[1].split(b"@")[0].decode())
        elif command == "DATA":
            self.in_message = True
        else:
            self.server.accepted.append((self.recipient, line[2:]))
            self.sender = self.recipient = None
        self._say(OK[command])

    def _say(self, words):
        self.said += words.encode() + b"\r\n"


class EverybodyIsReady:
    """A selector for connections without sockets."""

    def __init__(self):
        self.lines = []

    def register(self, fileobj, _events, data=None):
        """As a selector; the bell is not one of them."""
        if data is not None:
            self.lines.append(data)

    def unregister(self, fileobj):
        """As a selector."""
        self.lines.remove(fileobj)

    def modify(self, _fileobj, _events, _data):
        """As a selector."""

    def select(self, _timeout):
        """All of them."""
        return [(SimpleNamespace(data=each), selectors.EVENT_READ) for each in self.lines]

    def close(self):
        """As a selector."""


def without_network(monkeypatch):
    """Let the wire use connections that are their own channels."""
    monkeypatch.setattr(line, "channel", lambda connection: connection)
    monkeypatch.setattr(wire, "selectors", SimpleNamespace(**{**vars(selectors), "DefaultSelector": EverybodyIsReady}))
