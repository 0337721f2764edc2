"""How the lane steers the wire: stop, finish, wake up, more or fewer connections, several routes."""

import smtplib
import threading
import time
from dataclasses import replace

import pytest
from bulk_mailing.adapters.smtp import Wire
from bulk_mailing.adapters.smtp import results as results_module
from bulk_mailing.adapters.smtp import wire as wire_module

from tests_core.smtp.desk import Notes, SmtpServer, deliver, parcel, route, verdicts
from tests_core.smtp.stage_server import StageServer

NAMES = [f"reader{number}" for number in range(40)]


@pytest.fixture
def wire():
    """Makes a wire with so many slots; it is finished in any case."""
    made = []

    def make(slots, threaded_opening=False):
        made.append(Wire(slots, Notes(), threaded_opening=threaded_opening))
        return made[-1]

    yield make
    for each in made:
        each.finish(1)


def run_until(wire, reached, outcomes):
    """Run until the condition holds."""
    while not reached():
        outcomes += wire.run(0.01)


def test_stop(server, wire):
    """What has begun ends, the rest comes back untouched; each letter has one outcome."""
    server.on("DOT").delay(0.1)
    wire = wire(2)
    for start in (0, 20):
        wire.submit(parcel(route(server.port), *NAMES[start : start + 20], first=start))
    outcomes = []
    run_until(wire, lambda: wire.waiting < 38, outcomes)
    wire.stop()
    assert wire.waiting == 0
    outcomes += wire.finish()
    found = {verdict: verdicts({o.trace_id: o for o in outcomes}).count(verdict) for verdict in ("sent", "untouched")}
    assert found == {"sent": len(server.messages), "untouched": 40 - len(server.messages)}
    assert sorted(outcome.trace_id for outcome in outcomes) == list(range(40))
    assert 2 <= len(server.messages) <= 4
    assert (wire.outstanding, wire.waiting) == (0, 0)


def test_submitted_after_stop(server, wire):
    """A letter that comes too late comes back."""
    wire = wire(1)
    wire.stop()
    wire.submit(parcel(route(server.port), "ann"))
    assert [outcome.verdict.value for outcome in wire.finish()] == ["untouched"]


def test_finish_ends_in_time(wire):
    """A server that is silent at the end leaves its letter in doubt, one that has not got the message gets it later."""
    for silent_at, expected in (("dot", "in_doubt"), ("mail", "untouched")):

        def play(_server, client, silent_at=silent_at):
            client.greet()
            for command, words in (("mail", "250 Ok"), ("rcpt", "250 Ok"), ("data", "354 Go"), ("dot", "")):
                client.hear(b"\r\n.\r\n" if command == "dot" else b"\r\n")
                if command == silent_at:
                    client.hear(b"never")
                client.say(words)

        with StageServer(play) as silent:
            one = wire(1)
            one.submit(parcel(route(silent.port), "ann"))
            one.run(0.3)
            assert [outcome.verdict.value for outcome in one.finish(0.1)] == [expected]


def test_finish_says_goodbye(server, wire):
    """Connections are kept for the next letter, and end with QUIT."""
    wire = wire(1)
    for number in range(3):
        wire.submit(parcel(route(server.port), "ann", first=number))
        assert len(wire.run(5)) == 1
    assert (server.connections, server.commands.count("QUIT")) == (1, 0)
    wire.finish()
    assert server.commands.count("QUIT") == 1
    assert wire.finish() == []


def test_idle_connection_is_replaced(server, wire):
    """A connection that the server has closed while it idled costs nobody anything."""
    wire = wire(1)
    way = route(server.port)
    wire.submit(parcel(way, "ann"))
    wire.run(5)
    server.stop()
    server.start()
    wire.submit(parcel(way, "bob", first=1))
    [outcome] = wire.run(5)
    assert (outcome.verdict.value, server.connections) == ("sent", 2)


def test_low_water(server, wire):
    """`run` comes back when it needs more letters, and goes on where there are few from the beginning."""
    wire = wire(1)
    wire.submit(parcel(route(server.port), *NAMES[:10]))
    outcomes = wire.run(30, low_water=5)
    assert (wire.waiting, len(outcomes) < 10) == (4, True)
    outcomes += wire.run(30, low_water=5)
    assert len(outcomes) == 10


def test_many_outcomes(server, wire, monkeypatch):
    """`run` does not keep outcomes for long."""
    monkeypatch.setattr(wire_module, "MOST_OUTCOMES", 3)
    wire = wire(1)
    wire.submit(parcel(route(server.port), *NAMES[:7]))
    assert [len(wire.run(30)) for _time in range(3)] == [3, 3, 1]


def test_fewer_and_more_connections(server, wire):
    """With fewer slots surplus connections end after their letter; with more there are more again."""
    server.on("DOT").delay(0.02)
    wire = wire(4)
    for start in range(0, 40, 5):
        wire.submit(parcel(route(server.port, per_connection=100), *NAMES[start : start + 5], first=start))
    outcomes = []
    run_until(wire, lambda: len(outcomes) >= 4, outcomes)
    assert server.open_connections == 4
    wire.slots = 1
    run_until(wire, lambda: server.open_connections == 1, outcomes)
    wire.slots = 3
    run_until(wire, lambda: server.open_connections == 3, outcomes)
    run_until(wire, lambda: not wire.outstanding, outcomes)
    assert sorted(outcome.trace_id for outcome in outcomes) == list(range(40))
    assert len(server.messages) == 40


def test_fewer_idle_connections(server, wire):
    """Connections that idle go first."""
    wire = wire(3)
    for number in range(3):
        wire.submit(parcel(route(server.port), "ann", first=number))
    outcomes = []
    run_until(wire, lambda: len(outcomes) == 3, outcomes)
    wire.slots = 1
    run_until(wire, lambda: server.open_connections == 1, outcomes)
    wire.submit(parcel(route(server.port), "ann", first=3))
    run_until(wire, lambda: len(outcomes) == 4, outcomes)
    assert server.connections == 3


def test_no_slots(server, wire):
    """Without slots nothing is lost, and nothing goes."""
    wire = wire(0)
    wire.submit(parcel(route(server.port), "ann"))
    assert wire.run(0.1) == []
    wire.slots = 1
    assert len(wire.run(5)) == 1


def test_routes_share_a_slot(server, wire):
    """The connection of a route that idles, or whose turn is over, makes room for a parcel of another."""
    wire = wire(1)
    for number, key in enumerate("aabba"):
        wire.submit(parcel(route(server.port, key=key, sender=f"{key}@example.com"), "ann", first=number))
    outcomes = []
    run_until(wire, lambda: not wire.outstanding, outcomes)
    assert [mail.sender[0] for mail in server.messages] == list("aabba")
    assert [mail.connection for mail in server.messages] == [1, 1, 2, 2, 3]
    assert server.most_open_connections == 1


def test_busy_greeting(server):
    """4xx instead of a greeting is not the end: the server is asked again."""
    server.on("CONNECT", nth=1).reply("421 4.3.2 Busy")
    for threaded in (False, True):
        server.on("CONNECT", nth=1).reply("421 4.3.2 Busy")
        assert verdicts(deliver(parcel(route(server.port), "ann"), threaded=threaded)) == ["sent"]


def test_no_server():
    """A server that cannot be reached is trouble for all letters of its route, and of no other."""
    with SmtpServer() as gone:
        way = route(gone.port, key="gone")
    with SmtpServer() as server:
        outcomes = deliver(
            parcel(way, "ann", "bob"), parcel(route(server.port), "cat", first=2), parcel(way, "dan", first=3), slots=2
        )
    assert verdicts(outcomes) == ["server_trouble", "server_trouble", "sent", "server_trouble"]
    assert "cannot be reached" in str(outcomes[3].reason)


def test_later_letters_share_the_trouble(server, wire):
    """Who is submitted for a server in trouble gets its answer without another try."""
    server.on("MAIL").reply("530 5.7.0 Log in")
    wire = wire(1)
    way = route(server.port)
    wire.submit(parcel(way, "ann", "bob"))
    assert {outcome.verdict.value for outcome in wire.run(5)} == {"server_trouble"}
    wire.submit(parcel(way, "cat", first=2))
    [outcome] = wire.run(5)
    assert (outcome.trace_id, str(outcome.reply)) == (2, "530 5.7.0 Log in")
    assert server.commands.count("MAIL") == 1


@pytest.mark.parametrize("at, settled", [("RCPT", "deferred"), ("DOT", "in_doubt")])
def test_server_that_breaks_every_connection(server, monkeypatch, at, settled):
    """One connection broken after the other is trouble: not everybody is deferred, or left in doubt."""
    monkeypatch.setattr(results_module, "BREAKS_IN_A_ROW", 7)
    server.on(at).disconnect()
    outcomes = deliver(parcel(route(server.port), *NAMES[:20]))
    assert set(verdicts(outcomes)) == {settled, "server_trouble"}
    assert server.connections == 7
    assert "broke 7 connections" in str(outcomes[19].reason)


def test_server_that_restarts(server, monkeypatch):
    """Connections that worked, and break all at once, are no trouble: the next are tried."""
    monkeypatch.setattr(results_module, "BREAKS_IN_A_ROW", 2)
    server.on("MAIL").delay(0.05)
    for number in range(2, 5):
        server.on("DOT", recipient=f"second{number}").disconnect()
    way = route(server.port)
    parcels = [parcel(way, "first", f"second{number}", "third", first=10 * number) for number in range(2, 5)]
    assert verdicts(deliver(*parcels, slots=3)) == ["sent", "in_doubt", "sent"] * 3


@pytest.mark.parametrize("threaded", [False, True])
def test_server_that_allows_one_connection(server, monkeypatch, threaded):
    """Where a server takes no more connections the letters go over the one that it takes, however long that takes."""
    monkeypatch.setattr(wire_module, "HOLD_OFF_SECONDS", 0.05)
    server.on("EHLO").delay(0.1)
    for number in range(2, 12):
        server.on("CONNECT", nth=number).reply("554 5.7.0 One connection only")
    server.on("DOT").delay(0.01)
    parcels = [parcel(route(server.port), *NAMES[start : start + 5], first=start) for start in (0, 5, 10)]
    assert set(verdicts(deliver(*parcels, slots=3, threaded=threaded))) == {"sent"}


def test_connection_that_is_none():
    """What is no SMTP connection is trouble, told as such."""
    way = route(0)
    object.__setattr__(way, "connect", object)
    assert verdicts(deliver(parcel(way, "ann"))) == ["server_trouble"]


def test_parcel_that_has_to_wait_holds_up_no_other(server, wire):
    """While a route may not open another connection, idle connections go on with the letters of other routes."""
    wire = wire(2)
    busy, other = route(server.port, key="busy"), route(server.port, key="other")
    wire._hold_off[busy.key] = time.monotonic() + 60
    wire.submit(parcel(other, "ann"))
    wire.submit(parcel(busy, "bob", first=1))
    outcomes = []
    run_until(wire, lambda: len(outcomes) == 1, outcomes)
    wire.submit(parcel(other, "cat", first=2))
    run_until(wire, lambda: len(outcomes) == 2, outcomes)
    assert server.addresses() == ["ann@example.org", "cat@example.org"]


def test_finish_does_not_wait_for_openings(wire):
    """A server that does not greet keeps nobody from the end; what still opens hangs up by itself."""
    ended = threading.Event()

    def play(_server, client):
        time.sleep(0.2)
        client.greet()
        client.hear()
        ended.set()

    with StageServer(play) as slow:
        wire = wire(1, threaded_opening=True)
        wire.submit(parcel(route(slow.port), "ann"))
        wire.run(0.05)
        assert [outcome.verdict.value for outcome in wire.finish(30)] == ["untouched"]
        assert ended.wait(5)


def test_mute_from_the_beginning(server, wire):
    """Also where a slice is over sooner than the waiting: it is trouble, so that somebody is told."""
    server.on("CONNECT").delay(5)
    mute = replace(route(server.port), connect=lambda: smtplib.SMTP("127.0.0.1", server.port, timeout=1))
    wire = wire(2, threaded_opening=True)
    wire.submit(parcel(mute, "ann", "bob"))
    assert wire.run(0.1) == []
    outcomes = wire.finish(10)
    assert [outcome.verdict.value for outcome in outcomes] == ["server_trouble"] * 2
    assert "does not answer" in str(outcomes[0].reason)
