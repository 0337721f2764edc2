"""Servers on real sockets that are slow, old, rude or at their limits."""

import time
from collections import deque

import pytest
from bulk_mailing.adapters.smtp import line as line_module
from bulk_mailing.adapters.smtp import wire as wire_module

from tests_core.smtp.desk import Notes, SmtpServer, deliver, parcel, route, verdicts
from tests_core.smtp.stage_server import StageServer

ANN_BOB_CAT = ("ann", "bob", "cat")


def deliver_to(play, *names, **options):
    """Deliver letters to a stage server; outcomes and server."""
    body = options.pop("body", b"hi\r\n")
    with StageServer(play) as server:
        return deliver(parcel(route(server.port), *names, body=body), **options), server


@pytest.mark.parametrize("features", [(), ("PIPELINING",), ("PIPELINING", "SIZE 1000", "8BITMIME", "SMTPUTF8")])
def test_by_the_byte(features):
    """A server whose every byte comes alone is understood."""

    def play(_server, client):
        client.by_the_byte = True
        client.greet(*features)
        client.serve()

    outcomes, server = deliver_to(play, *ANN_BOB_CAT)
    assert verdicts(outcomes) == ["sent"] * 3
    assert server.messages == [b"hi\r\n"] * 3


def test_large_message_in_parts():
    """A message of 5 MB goes through a socket that takes it in parts, and arrives as it was."""
    body = b"".join(b"%08d .. not alone\r\n.line %d\r\n" % (number, number) for number in range(160_000))

    def play(_server, client):
        client.greet("PIPELINING")
        client.hear(b"DATA\r\n")
        client.say("250 Ok", "250 Ok", "354 Go")
        time.sleep(0.05)  # so that our buffers fill
        client.server.messages.append(client.hear(b"\r\n.\r\n") + b"\r\n")
        client.say("250 Ok")
        client.serve()

    outcomes, server = deliver_to(play, "ann", body=body)
    assert verdicts(outcomes) == ["sent"]
    assert server.messages == [body.replace(b"\r\n.", b"\r\n..")]


@pytest.mark.parametrize("features", [(), ("PIPELINING",)])
@pytest.mark.parametrize(
    "at, expected", [("mail", "deferred"), ("rcpt", "deferred"), ("data", "deferred"), ("dot", "in_doubt")]
)
def test_hangs_up(features, at, expected):
    """A server that hangs up at a command: nothing was taken before the dot; after it nobody knows."""

    def play(_server, client):
        client.greet(*features)
        client.serve(**{at: None})

    notes = Notes()
    outcomes, server = deliver_to(play, "ann", journal=notes)
    assert verdicts(outcomes) == [expected]
    assert server.connections == (1 if at == "dot" else 3)
    assert len([entry for entry in notes.entries if entry == 0]) == (1 if at == "dot" else 0)


@pytest.mark.parametrize("features", [(), ("PIPELINING",)])
def test_reset_after_the_dot(features):
    """A reset after the message is in doubt: a proxy sends one when the server behind it may have the mail."""

    def play(_server, client):
        client.greet(*features)
        client.hear()
        client.say("250 Ok")
        client.hear()
        client.say("250 Ok")
        client.hear()
        client.say("354 Go")
        client.hear(b"\r\n.\r\n")
        client.reset()

    outcomes, server = deliver_to(play, "ann")
    assert (verdicts(outcomes), server.connections) == (["in_doubt"], 1)


def test_reset_in_a_large_message():
    """A reset while most of the message is still here: it goes again, and the dot was never announced."""
    notes = Notes()

    def play(server, client):
        client.greet("PIPELINING")
        if server.connections > 1:
            client.serve()
        client.hear(b"DATA\r\n")
        client.say("250 Ok", "250 Ok", "354 Go")
        client.hear_bytes(200_000)
        client.reset()

    outcomes, server = deliver_to(play, "ann", body=b"x" * 998 + b"\r\n" * 20 + b"y" * 12_000_000, journal=notes)
    assert (verdicts(outcomes), server.connections) == (["sent"], 2)
    assert notes.entries.count(0) == 1


def test_last_words_before_the_reset():
    """What a server said before it broke the connection in the middle of a message is heard."""

    def play(_server, client):
        client.greet("PIPELINING")
        client.hear(b"DATA\r\n")
        client.say("250 Ok", "250 Ok", "354 Go")
        client.hear_bytes(100_000)
        client.say("552 5.3.4 Too big for us")
        raise EOFError

    outcomes, server = deliver_to(play, "ann", body=b"x" * 12_000_000)
    assert verdicts(outcomes) == ["failed"]
    assert str(outcomes[0].reply) == "552 5.3.4 Too big for us"


@pytest.mark.parametrize("words", ["250 2.1.0 Ok", "421 4.3.2 Not now", "nonsense"])
def test_words_before_ours(words):
    """What a server has said before we said anything is no answer; and it does not go on for ever."""

    def play(_server, client):
        client.say("220 stage ESMTP")
        client.hear()
        client.say("250 HELP", words)
        client.serve()

    outcomes, server = deliver_to(play, "ann")
    assert verdicts(outcomes) == ["deferred"]
    assert (server.connections, server.messages) == (3, [])


@pytest.mark.parametrize("at", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize("features", [(), ("PIPELINING",)])
def test_421_once(features, at):
    """421 ends that connection; the letter and those behind it go over the next."""

    def play(server, client):
        client.greet(*features)
        client.serve(**({at: "421 4.3.2 Closing"} if server.connections == 1 else {}))

    outcomes, server = deliver_to(play, *ANN_BOB_CAT)
    assert (verdicts(outcomes), server.connections) == (["sent"] * 3, 2)


def test_only_plain_ascii():
    """A server without SMTPUTF8 gets everybody's mail but those that it cannot carry."""
    with SmtpServer(smtputf8=False) as server:
        outcomes = deliver(parcel(route(server.port), "ann", "jürgen", "cat"))
        assert verdicts(outcomes) == ["sent", "failed", "sent"]
        assert server.addresses() == ["ann@example.org", "cat@example.org"]


def test_smtputf8():
    """A server with SMTPUTF8 gets letters before the @ as they are."""
    with SmtpServer() as server:
        assert verdicts(deliver(parcel(route(server.port), "jürgen"))) == ["sent"]
        [mail] = server.messages
        assert (mail.recipients, "SMTPUTF8" in mail.options) == (("jürgen@example.org",), True)


def test_too_large_for_the_server():
    """What is larger than SIZE is not even begun."""

    def play(_server, client):
        client.greet("SIZE 20000")
        client.serve()

    outcomes, server = deliver_to(play, "ann", body=b"x" * 30_000)
    assert (verdicts(outcomes), server.commands) == (["failed"], ["QUIT"])


@pytest.mark.parametrize("features", [(), ("PIPELINING",)])
@pytest.mark.parametrize(
    "silent_at, expected", [("mail", "deferred"), ("rcpt", "deferred"), ("data", "deferred"), ("dot", "in_doubt")]
)
def test_silence(features, silent_at, expected, monkeypatch):
    """A server that says nothing more, at whichever command, is given up, and the letter is what it then is."""
    monkeypatch.setattr(line_module, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(wire_module, "TICK_SECONDS", 0.05)

    def play(_server, client):
        client.greet(*features)
        for command, words in (("mail", "250 Ok"), ("rcpt", "250 Ok"), ("data", "354 Go"), ("dot", "")):
            client.hear(b"\r\n.\r\n" if command == "dot" else b"\r\n")
            if command == silent_at:
                client.hear(b"never")
            client.say(words)

    outcomes, server = deliver_to(play, "ann")
    assert verdicts(outcomes) == [expected]
    assert server.connections == (1 if silent_at == "dot" else 3)


def test_silence_at_goodbye(monkeypatch):
    """A server that does not answer QUIT holds nobody up."""
    monkeypatch.setattr(line_module, "PATIENCE_AT_QUIT_SECONDS", 0.1)

    def play(_server, client):
        client.greet()
        client.serve(quit="", mail="250 Ok")

    with StageServer(play) as server:
        way = route(server.port, per_connection=1)
        assert verdicts(deliver(parcel(way, *ANN_BOB_CAT))) == ["sent"] * 3


def test_one_that_always_breaks_holds_nobody_up():
    """A letter at which the server always hangs up is deferred after some tries, the others are sent."""
    with SmtpServer() as server:
        server.on("RCPT", recipient="bob@").disconnect()
        outcomes = deliver(parcel(route(server.port), *ANN_BOB_CAT))
        assert verdicts(outcomes) == ["sent", "deferred", "sent"]
        assert "broke 3 times" in str(outcomes[1].reason)


def test_pipelined_neighbour_is_not_blamed():
    """The envelope behind a letter that breaks the connection does not count as a try of its own."""
    seen = deque()

    def play(_server, client):
        client.greet("PIPELINING")
        while True:
            line = client.hear().decode()
            if line.startswith("RCPT TO:<bad") and seen.count("bad") < 2:
                seen.append("bad")
                return
            client.say("354 Go" if line == "DATA" else "221 Bye" if line == "QUIT" else "250 Ok")
            if line == "DATA":
                client.hear(b"\r\n.\r\n")
                client.say("250 Ok")

    outcomes, server = deliver_to(play, "good", "bad", "better")
    assert verdicts(outcomes) == ["sent"] * 3
    assert server.connections == 3
