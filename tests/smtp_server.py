"""A real SMTP server on a loopback socket, which misbehaves on request.

    server.on("RCPT", recipient="ann@", nth=1).reply("450 4.2.0 Come back later")
    server.on("DATA", recipient="ann@").disconnect(after_bytes=2000)   # in the middle of the message
    server.on("DOT").disconnect()                                      # after the final dot, without a reply
    server.on("DOT", nth=3).then(kill)                                 # something happens before the reply
    server.at_byte(5000, kill)                                         # something happens in the middle of the stream

Commands: CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA (the command itself), DOT (the end of the message), RSET,
QUIT.
"""

import asyncio
import contextlib
import logging
import socket
import struct
import threading
from itertools import count

from aiosmtpd.smtp import SMTP, AuthResult

from .smtp_rules import ReceivedMail, Rule

# One line for each command at INFO: too much beside the log of the tests.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class SmtpServer:
    """The server, in a thread of its own; `messages` and `connections` are what it saw."""

    def __init__(
        self, accounts=None, smtputf8=True, tls_context=None, pipelining=False, injected=None, idle_seconds=300
    ):
        self.accounts = accounts
        self.smtputf8 = smtputf8
        self.tls_context = tls_context
        self.pipelining = pipelining
        self.injected = injected  # lines that somebody in the middle puts behind the reply to STARTTLS
        self.idle_seconds, self.idle_closed = idle_seconds, 0  # a connection on which nothing is said is closed
        self.seconds_per_byte = 0  # of what the server says
        self.bytes_read, self._at_byte = 0, None
        self.messages, self.rules, self.commands = [], [], []
        self._connection_numbers = count(1)
        self.connections = 0
        self.open_connections = self.most_open_connections = 0
        self.host, self.port = "127.0.0.1", 0

    def __enter__(self):
        return self.start()

    def __exit__(self, *_exc):
        self.stop()

    def start(self):
        """Listen; the port stays the same over stop() and start()."""
        self._loop = asyncio.new_event_loop()
        self._listener = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Session(self), self.host, self.port)
        )
        self.port = self._listener.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def stop(self):
        """Stop listening, and close every connection."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _close(self):
        self._listener.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def on(self, command, recipient=None, nth=None):
        """A new rule; the first that applies decides."""
        self.rules.append(Rule(command, recipient, nth))
        return self.rules[-1]

    def at_byte(self, number, action):
        """Call `action`, in the server's thread, when so many bytes of all connections have been read."""
        self.bytes_read, self._at_byte = 0, (number, action)

    def extensions(self, replies):
        """The lines of the reply to EHLO."""
        return [*replies[:-1], "250-PIPELINING", replies[-1]] if self.pipelining else replies

    def count_bytes(self, number):
        """So many more bytes were read."""
        self.bytes_read += number
        if self._at_byte and self.bytes_read >= self._at_byte[0]:
            (_number, action), self._at_byte = self._at_byte, None
            action()

    def forget_rules(self):
        """Behave from now on."""
        self.rules.clear()
        self._at_byte = None

    def forget(self):
        """Throw away messages, counts and rules."""
        self.messages.clear()
        self.rules.clear()
        self.commands.clear()
        self._connection_numbers = count(1)
        self.connections = self.most_open_connections = 0

    def addresses(self):
        """The accepted recipients, sorted, doubles included."""
        return sorted(address for mail in self.messages for address in mail.recipients)

    def mails_per_connection(self):
        """How many messages each connection carried, in the order of the connections."""
        counts = dict.fromkeys(range(1, self.connections + 1), 0)
        for mail in self.messages:
            counts[mail.connection] += 1
        return list(counts.values())


class _Session(SMTP):
    """One connection: aiosmtpd's protocol, with the server's rules asked first at every command."""

    def __init__(self, server):
        self.server = server
        super().__init__(
            _AtTheFinalDot(),
            enable_SMTPUTF8=server.smtputf8,
            hostname="sink.example.org",
            tls_context=server.tls_context,
            authenticator=self._check_login,
            auth_required=False,
            auth_require_tls=False,
            timeout=server.idle_seconds,
            loop=server._loop,
        )

    def connection_made(self, transport):
        if not hasattr(self, "number"):
            self.number = self.server.connections = next(self.server._connection_numbers)
            self.server.open_connections += 1
            self.server.most_open_connections = max(self.server.most_open_connections, self.server.open_connections)
        super().connection_made(transport)

    def _timeout_cb(self):
        self.server.idle_closed += 1
        super()._timeout_cb()

    def data_received(self, data):
        self.server.count_bytes(len(data))
        super().data_received(data)

    async def push(self, status):
        if self.server.injected and status == "220 Ready to start TLS":
            status = f"{status}\r\n{self.server.injected}"
        if not self.server.seconds_per_byte:
            await super().push(status)
            return
        for byte in f"{status}\r\n".encode():
            self._writer.write(bytes([byte]))
            await asyncio.sleep(self.server.seconds_per_byte)

    def connection_lost(self, error):
        self.server.open_connections -= 1
        super().connection_lost(error)

    async def _handle_client(self):
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            if await self._follow_rule("CONNECT", []):
                self.transport and self.transport.close()
                return
            await super()._handle_client()

    async def _follow_rule(self, command, recipients):
        """Whether a rule answered in the server's place."""
        rule = await self._find_rule(command, recipients)
        if rule is None:
            return False
        if rule.after_bytes is not None:
            await self.push("354 Go on")
            await self._reader.readexactly(rule.after_bytes)
            # A host that closes with bytes unread sends a reset; asyncio may have read them all already
            self._reset_when_closed()
        if rule.answer:
            await self.push(rule.answer)
        if rule.closes and self.transport:
            # close() where something was said, so that it arrives
            (self.transport.close if rule.answer else self.transport.abort)()
        return bool(rule.answer or rule.closes)

    async def _find_rule(self, command, recipients):
        self.server.commands.append(command)
        rule = next((rule for rule in self.server.rules if rule.applies(command, recipients)), None)
        if rule and rule.seconds:
            await asyncio.sleep(rule.seconds)
        if rule and rule.action and command != "DOT":
            rule.action()
        return rule

    def _check_login(self, _server, _session, _envelope, _mechanism, login):
        known = self.server.accounts or {}
        name, password = (part.decode() for part in (login.login, login.password))
        return AuthResult(success=known.get(name) == password, handled=False)

    async def _command(self, name, arg, recipients=None):
        recipients = self.envelope.rcpt_tos if recipients is None else recipients
        if not await self._follow_rule(name, recipients):
            await getattr(super(), f"smtp_{name}")(arg)

    async def smtp_EHLO(self, hostname):
        await self._command("EHLO", hostname)

    async def smtp_STARTTLS(self, arg):
        await self._command("STARTTLS", arg)

    async def smtp_AUTH(self, arg):
        await self._command("AUTH", arg)

    async def smtp_MAIL(self, arg):
        if self.server.accounts and not self.session.authenticated:
            await self.push("530 5.7.0 Authentication required")
        else:
            await self._command("MAIL", arg)

    async def smtp_RCPT(self, arg):
        await self._command("RCPT", arg, recipients=[arg])

    async def smtp_DATA(self, arg):
        await self._command("DATA", arg)

    async def smtp_RSET(self, arg):
        await self._command("RSET", arg)

    async def smtp_QUIT(self, arg):
        await self._command("QUIT", arg)

    async def final_dot(self, envelope):
        """The reply to the final dot: remember the message, unless a rule refuses it."""
        rule = await self._find_rule("DOT", envelope.rcpt_tos)
        if rule and rule.closes:
            # A 421 has to arrive before the connection goes
            self.loop.call_later(0.05 if rule.answer else 0, self._hang_up)
            return rule.answer or await asyncio.sleep(5)
        if rule and rule.answer:
            return rule.answer
        self.server.messages.append(
            ReceivedMail(
                sender=envelope.mail_from,
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.content,
                connection=self.number,
                options=tuple(envelope.mail_options),
                is_secure=self.session.ssl is not None,
            )
        )
        if rule and rule.action:
            rule.action()
        if rule and rule.resets:
            self._reset_when_closed()
            self.loop.call_soon(self.transport.abort)
            await asyncio.sleep(5)
        return f"250 2.0.0 OK queued as {len(self.server.messages)}"

    def _hang_up(self):
        if self.transport:
            self.transport.close()

    def _reset_when_closed(self):
        no_linger = struct.pack("ii", 1, 0)
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)


class _AtTheFinalDot:
    """aiosmtpd wants its hooks on an object beside the protocol."""

    async def handle_EHLO(self, protocol, session, _envelope, hostname, replies):
        session.host_name = hostname
        return protocol.server.extensions(replies)

    async def handle_DATA(self, protocol, _session, envelope):
        return await protocol.final_dot(envelope)
