"""The wire against a real server: who got what, over how many connections."""

import pytest

from tests_core.smtp.desk import Notes, deliver, parcel, route, verdicts

NAMES = [f"reader{number}" for number in range(60)]


@pytest.mark.parametrize("threaded", [False, True])
def test_everybody_once(server, threaded):
    """Each letter arrives once, and a connection carries its share."""
    way = route(server.port)
    parcels = [parcel(way, *NAMES[start : start + 20], first=start) for start in range(0, 60, 20)]
    outcomes = deliver(*parcels, slots=3, threaded=threaded)
    assert set(verdicts(outcomes)) == {"sent"}
    assert server.addresses() == sorted(f"{name}@example.org" for name in NAMES)
    assert server.mails_per_connection() == [20, 20, 20]
    assert server.most_open_connections <= 3


def test_share_of_a_connection(server):
    """A connection that has carried its share makes room for the next."""
    deliver(parcel(route(server.port, per_connection=3), *NAMES[:7]))
    assert server.mails_per_connection() == [3, 3, 1]
    assert server.most_open_connections == 1


def test_connection_is_used_again(server):
    """Parcels of one route share a connection."""
    way = route(server.port, per_connection=10)
    deliver(parcel(way, "ann", "bob"), parcel(way, "cat", first=2))
    assert server.mails_per_connection() == [3]


def test_shares_of_two_parcels(server):
    """Where a later parcel of the route allows less, a connection carries no more than that."""
    generous, strict = route(server.port, per_connection=10), route(server.port, per_connection=3)
    deliver(parcel(generous, "ann", "bob"), parcel(strict, *NAMES[:5], first=2))
    assert server.mails_per_connection() == [3, 3, 1]


def test_refused_recipient(server):
    """A refusal is that recipient's; the others go over the same connection."""
    server.on("RCPT", recipient="bob@").reply("550 5.1.1 No such user")
    outcomes = deliver(parcel(route(server.port), "ann", "bob", "cat"))
    assert verdicts(outcomes) == ["sent", "failed", "sent"]
    assert str(outcomes[1].reply) == "550 5.1.1 No such user"
    assert server.connections == 1


def test_provider_has_enough(server):
    """Who asks us to slow down is not asked again for the rest of the parcel; other parcels go on."""
    server.on("RCPT", recipient="bob@").reply("421 4.7.28 Unusual rate of mail")
    way = route(server.port)
    outcomes = deliver(parcel(way, "ann", "bob", "cat", "dan"), parcel(way, "eve", first=4), slots=1)
    assert verdicts(outcomes) == ["sent", "deferred", "untouched", "untouched", "sent"]
    assert server.commands.count("RCPT") == 3


def test_provider_of_the_parcel_before_has_enough(server):
    """Its last letter may be answered when the next parcel, which is for somebody else, has begun."""
    server.pipelining = True
    server.on("DOT", recipient="ann@").reply("450 4.7.0 Try again later")
    way = route(server.port)
    assert verdicts(deliver(parcel(way, "ann"), parcel(way, "bob", "cat", first=1))) == ["deferred", "sent", "sent"]


def test_connection_has_had_enough(server):
    """452 4.5.3 with one recipient a mail is about the whole connection: it goes at once over another."""
    server.on("RCPT", recipient="bob@", nth=1).reply("452 4.5.3 Too many recipients")
    outcomes = deliver(parcel(route(server.port), "ann", "bob", "cat"))
    assert verdicts(outcomes) == ["sent", "sent", "sent"]
    assert server.mails_per_connection() == [1, 2]


def test_journal(server):
    """Before the dot the journal knows that a letter is handed over, and after the reply what became of it."""
    notes = Notes()
    outcomes = deliver(parcel(route(server.port), "ann", "bob"), journal=notes)
    assert notes.entries == [0, outcomes[0], 1, outcomes[1]]


def test_message_that_cannot_be_made(server):
    """What `make` raises fails that letter alone, and nothing of it goes out."""
    way = route(server.port)
    broken = parcel(way, "ann", "bob")

    def fail():
        raise ValueError("a hole without a value")

    object.__setattr__(broken.letters[0], "make", fail)
    outcomes = deliver(broken)
    assert verdicts(outcomes) == ["failed", "sent"]
    assert str(outcomes[0].reason) == "a hole without a value"
    assert server.addresses() == ["bob@example.org"]


def test_nowhere():
    """Where Odoo connects to nothing, every letter counts as sent."""
    way = route(0)
    object.__setattr__(way, "connect", lambda: None)
    assert verdicts(deliver(parcel(way, "ann", "bob"))) == ["sent", "sent"]
