"""A mail server that takes everything, looks at as little as it can, and counts: `python -m dev.bench.sink`.

It shares the machine's cores with who is measured, so the bytes of a message are not searched: in a connection that
keeps to RFC 2920 nothing but one envelope can follow a message before we have answered, so its end is near the end of
what has come. A reply can be made to take its time, like one that comes from far away; the replies of one group of
commands then come together; and a message can be made to cost CPU, as with a server that looks at every byte. Each line
on stdin is answered by a line of counts on stdout; `{"delay": 0.05, "load": 0, "keep": 9}` begins anew.
"""

import json
import os
import select
import socket
import sys
import time
from collections import deque

END = b"\r\n.\r\n"
LONGEST_ENVELOPE = 4096
CHUNK = 96 * 1024  # below glibc's threshold for mmap, which would cost page faults at each call
HELLO = b"250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 52428800\r\n"
REPLIES = {
    b"EHLO": HELLO,
    b"HELO": b"250 sink.test\r\n",
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
    b"DATA": b"354 Go\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
ACCEPTED = b"250 2.0.0 Ok\r\n"


class Counts:
    """What came since the last beginning."""

    def __init__(self, load=0, keep=0):
        self.mails = self.bytes = self.connections = 0
        self.first_at = self.last_at = None
        self.recipients, self.twice = set(), 0
        self.load, self.keep, self.kept = load, keep, []
        self.cpu_began = time.process_time()

    def add(self, recipient, size):
        """Count one message."""
        self.last_at = time.monotonic()
        self.first_at = self.first_at or self.last_at
        self.mails += 1
        self.bytes += size
        self.twice += recipient in self.recipients
        self.recipients.add(recipient)

    def told(self):
        """As plain values; moments are on the machine's monotonic clock."""
        plain = ("mails", "bytes", "connections", "first_at", "last_at", "twice")
        return {name: getattr(self, name) for name in plain} | {
            "unique": len(self.recipients),
            "cpu": time.process_time() - self.cpu_began,
            "kept": [content.decode("latin-1") for content in self.kept],
        }


class Client:
    """One connection."""

    def __init__(self, connection):
        self.connection = connection
        self.is_in_data, self.rest, self.size = False, b"", 0
        self.recipient, self.content = b"", None

    def feed(self, counts, data):
        """Take what came; the replies to it."""
        if not self.is_in_data:
            return self._commands(counts, data)
        if self.content is not None:
            self.content.append(data)
        seen = self.rest + data
        end = seen.rfind(END, max(0, len(seen) - LONGEST_ENVELOPE))
        if end < 0:
            self.size += len(data)
            self.rest = seen[-len(END) + 1 :]
            return b""
        self._accept(counts, self.size + end + 2 - len(self.rest))
        self.rest = b""
        return ACCEPTED + self._commands(counts, seen[end + len(END) :])

    def _accept(self, counts, size):
        self.is_in_data = False
        counts.add(self.recipient, size)
        _use_cpu(counts.load)
        if self.content is not None:
            counts.kept.append(b"".join(self.content)[:size].replace(b"\r\n..", b"\r\n."))

    def _commands(self, counts, data):
        *lines, self.rest = (self.rest + data).split(b"\r\n")
        replies = b""
        for line in lines:
            verb = line[:4].upper()
            if verb == b"RCPT":
                self.recipient = line[line.find(b"<") + 1 : line.find(b">")].lower()
            elif verb == b"DATA":
                self.is_in_data, self.rest, self.size = True, b"\r\n", 0
                self.content = [] if len(counts.kept) < counts.keep else None
            replies += REPLIES.get(verb, b"500 5.5.1 What?\r\n")
        return replies


class Sink:
    """The server: one thread, one loop."""

    def __init__(self):
        self.counts, self.delay, self.late = Counts(), 0, deque()
        self.clients, self.poll = {}, select.epoll()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.poll.register(self.listener, select.EPOLLIN)
        self.poll.register(sys.stdin, select.EPOLLIN)

    def run(self):
        """Serve until stdin ends."""
        print(json.dumps({"port": self.listener.getsockname()[1]}), flush=True)
        while True:
            for number, _event in self.poll.poll(self._patience()):
                if number in self.clients:
                    self._hear(number)
                elif number == self.listener.fileno():
                    self._welcome()
                elif not self._told():
                    return
            self._send_late()

    def _patience(self):
        return max(0, self.late[0][0] - time.monotonic()) if self.late else None

    def _welcome(self):
        connection, _address = self.listener.accept()
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.counts.connections += 1
        self.clients[connection.fileno()] = Client(connection)
        self.poll.register(connection, select.EPOLLIN)
        self._reply(self.clients[connection.fileno()], b"220 sink.test ESMTP\r\n")

    def _hear(self, number):
        client = self.clients[number]
        try:
            data = client.connection.recv(CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            self.poll.unregister(number)
            self.clients.pop(number).connection.close()
        elif replies := client.feed(self.counts, data):
            self._reply(client, replies)

    def _reply(self, client, replies):
        if self.delay:
            self.late.append((time.monotonic() + self.delay, client, replies))
        else:
            _send(client, replies)

    def _send_late(self):
        while self.late and self.late[0][0] <= time.monotonic():
            _due, client, replies = self.late.popleft()
            _send(client, replies)

    def _told(self):
        """Answer a line; whether there was one."""
        line = os.read(0, 4096)
        if not line:
            return False
        print(json.dumps(self.counts.told()), flush=True)
        wanted = json.loads(line)
        if "delay" in wanted:
            self.counts, self.delay = Counts(wanted["load"], wanted["keep"]), wanted["delay"]
        return True


def _use_cpu(seconds):
    """Use so much CPU."""
    ends = time.process_time() + seconds
    while seconds and time.process_time() < ends:
        pass


def _send(client, replies):
    try:
        client.connection.send(replies)
    except OSError:  # it has gone: nobody waits for this
        return


if __name__ == "__main__":
    Sink().run()
