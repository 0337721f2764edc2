"""The promise: whatever servers do and however bytes are cut, nobody is mailed twice and nobody is forgotten."""

from collections import Counter

import pytest
from bulk_mailing.adapters.smtp import Letter, Parcel, Route
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests_core.smtp.desk import Notes, deliver
from tests_core.smtp.model import DEEDS, ModelServer, without_network

SCRIPTS = st.lists(st.sampled_from(("ok",) * 6 + DEEDS), max_size=60)
PORTIONS = st.lists(st.integers(1, 60), max_size=400)
FEATURES = st.sampled_from([("pipelining",), (), ("pipelining", "size", "354 anyway")])


def send(server, count, per_connection=4, slots=2, journal=None):
    """Letters 0, 1, 2 ... over the model."""
    way = Route(("model",), "news@example.com", per_connection, server.connect)
    letters = [Letter(n, f"{n}@example.org", lambda n=n: b"Subject: %d\r\n\r\n.hidden\r\n" % n) for n in range(count)]
    parcels = [Parcel(way, tuple(letters[start : start + 3])) for start in range(0, count, 3)]
    return deliver(*parcels, slots=slots, journal=journal)


@pytest.fixture(autouse=True, scope="module")
def _model():
    with pytest.MonkeyPatch.context() as patch:
        without_network(patch)
        yield


@settings(max_examples=300, deadline=None)
@given(SCRIPTS, PORTIONS, FEATURES, st.integers(1, 9), st.integers(1, 3))
@example(["ok"] * 6 + ["later"] * 2, [], ("pipelining",), 4, 2)
def test_nobody_twice_nobody_forgotten(script, portions, features, count, slots):
    """What the server has accepted counts as sent or is in doubt, and has been accepted once; nothing else is sent."""
    server = ModelServer(script, portions, features)
    outcomes = send(server, count, slots=slots)
    accepted = Counter(int(name) for name, _content in server.accepted)
    sent = {number for number, outcome in outcomes.items() if outcome.verdict.value == "sent"}
    in_doubt = {number for number, outcome in outcomes.items() if outcome.verdict.value == "in_doubt"}
    assert set(accepted.values()) <= {1}
    assert sent <= set(accepted) <= sent | in_doubt
    assert all(content == b"Subject: %d\r\n\r\n..hidden" % int(name) for name, content in server.accepted)


@settings(max_examples=150, deadline=None)
@given(SCRIPTS, PORTIONS, FEATURES)
def test_portions_do_not_matter(script, portions, features):
    """The outcomes are the same however the bytes are cut, but for how far our last bytes came."""
    cut, whole = (send(ModelServer(script, cuts, features), 6, slots=1) for cuts in (portions, ()))
    assert {number: outcome.verdict for number, outcome in cut.items()} == {
        number: outcome.verdict for number, outcome in whole.items()
    }


@settings(max_examples=150, deadline=None)
@given(SCRIPTS, PORTIONS, FEATURES)
def test_journal_knows_what_may_be_taken(script, portions, features):
    """After a crash at any moment: what the server has got stands in the journal as handed over or answered."""
    server = ModelServer(script, portions, features)
    journal = Notes()
    handed_over_first = []

    def connect():
        connection = server.connect()
        connection.server = Watching(server, journal, handed_over_first)
        return connection

    way = Route(("model",), "news@example.com", 4, connect)
    letters = tuple(Letter(n, f"{n}@example.org", lambda: b"x\r\n") for n in range(6))
    deliver(Parcel(way, letters), journal=journal)
    assert all(handed_over_first)


class Watching:
    """A server that looks into the journal when it accepts something."""

    def __init__(self, server, journal, seen):
        self._server, self._journal, self._seen = server, journal, seen
        self.accepted = self

    def __getattr__(self, name):
        return getattr(self._server, name)

    def append(self, mail):
        """Take a mail."""
        self._seen.append(int(mail[0]) in self._journal.entries)
