"""What holds for each provider: who is believed, what is told, and that no bytes do harm."""

import json
from datetime import timedelta

import pytest
from bulk_mailing.core.bounces import Reason, Severity
from bulk_mailing.core.webhooks import PROVIDERS, BadKey, Call, Delivery, Refused
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

ANN, MESSAGE_ID = "ann@shop.test", "<65f1-openerp-7@shop.test>"
UNKNOWN = "550 5.1.1 <ann@shop.test>: Recipient address rejected: User unknown"


def reference(line):
    """What our mail is called there."""
    return "77" if line.signer.provider == "postmark" else MESSAGE_ID


def test_a_bounce(line):
    """B5, B17: who does not exist is told with codes, words, and our own name of the mail."""
    [event] = line.told(line.signer.bounce(ANN, reference(line), words=UNKNOWN))
    assert (event.address, event.message_id or str(event.trace_id)) == (ANN, reference(line))
    assert (event.severity, event.reason) == (Severity.HARD, Reason.USER_UNKNOWN)
    assert (event.enhanced_status_code, event.smtp_reply_code) == ("5.1.1", "550")
    assert event.diagnostic == UNKNOWN
    assert not event.is_complaint
    assert event.occurred_at <= line.now


def test_not_about_the_address(line):
    """B6: what the server says is believed before the class that a provider puts it into."""
    words = "550 5.7.1 Message rejected: 192.0.2.1 is listed by zen.spamhaus.org"
    values = {"status": "5.7.1"} if line.signer.provider != "postmark" else {}
    [event] = line.told(line.signer.bounce(ANN, MESSAGE_ID, words=words, **values))
    assert event.severity is Severity.POLICY


def test_a_complaint(line):
    """G3: a complaint is one, and says nothing of the mailbox."""
    [event] = line.told(line.signer.complaint(ANN, reference(line)))
    assert event.is_complaint
    assert (event.address, event.message_id or str(event.trace_id)) == (ANN, reference(line))
    assert (event.severity, event.reason) == (None, None)


def test_somebody_leaves(line):
    """G3: who unsubscribes at the provider has left; it says nothing of the mailbox."""
    [event] = line.told(line.signer.unsubscription(ANN, reference(line)))
    assert (event.is_unsubscription, event.is_complaint, event.severity) == (True, False, None)
    assert (event.address, event.message_id or str(event.trace_id)) == (ANN, reference(line))


def test_event_without_our_message_id(line):
    """A provider that does not know our name of the mail is believed about the address alone."""
    [event] = line.told(line.signer.bounce(ANN, "not one > of ours"))
    assert (event.message_id, event.trace_id) == ("", 0)


def test_the_same_again(line):
    """The same event has the same id, the same call the same key, and other calls have others."""
    event = line.signer.bounce(ANN, MESSAGE_ID)
    call = line.signer.call([event], line.now)
    assert line.read(*call) == line.read(*call)
    [first], [again] = line.told(event), line.told(event)
    assert first.event_id == again.event_id
    other = line.signer.call([line.signer.complaint(ANN, MESSAGE_ID)], line.now)
    assert line.read(*other).key != line.read(*call).key


def test_altered(line):
    """Not a byte of what is signed may be another."""
    body, headers = line.signer.call([line.signer.bounce(ANN, MESSAGE_ID)], line.now)
    forged = body.replace(b"ann@shop.test", b"bob@shop.test")
    if line.signer.provider in ("amazon_ses", "sendgrid"):
        with pytest.raises(Refused, match="signature"):
            line.read(forged, headers)
    else:  # these sign no body: the key of the call is what tells that it was played again
        assert line.read(forged, headers).events


def test_another_key(line):
    """Who has another key is refused."""
    stranger = type(line.signer)()
    if line.signer.provider == "amazon_ses":
        stranger.certificate = line.signer.certificate
    else:
        stranger.secret = "another-password-0123"
    with pytest.raises(Refused, match="signature"):
        line.read(*stranger.call([stranger.bounce(ANN, MESSAGE_ID)], line.now))


def test_old_and_early(line):
    """What was signed days ago, or is signed for tomorrow, is refused; a late attempt of theirs is taken."""
    event = line.signer.bounce(ANN, MESSAGE_ID)
    for hours in (-48, 1):
        with pytest.raises(Refused, match="too old"):
            line.read(*line.signer.call([event], line.now + timedelta(hours=hours)))
    assert line.read(*line.signer.call([event], line.now - timedelta(hours=6))).events


def test_no_key(line):
    """What cannot be a key is refused when it is set, and not repeated."""
    for key in ("", "x", "short-éé"):
        with pytest.raises(BadKey) as refused:
            PROVIDERS[line.signer.provider](key)
        assert not key or key not in str(refused.value)


def test_nothing_known(line):
    """What is no failure (a delivery, an open, something new) is no event, and no trouble."""
    for data in ({}, {"event": "delivered", "recipient": ANN, "notificationType": "Delivery"}, {"RecordType": "Open"}):
        assert line.told(data) == ()


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(line, body, headers):
    try:
        delivery = line.read(body, headers)
    except Refused:
        return
    assert isinstance(delivery, Delivery)
    for event in delivery.events:
        assert event.address.encode()  # valid text, which a database takes
        assert event.diagnostic.encode() is not None


@settings(quick, max_examples=200)
@given(body=some.binary(max_size=300), headers=some.dictionaries(some.text(), some.text(), max_size=3))
def test_garbage(line, body, headers):
    """No bytes make trouble: they are refused, with a reason."""
    for given_headers in (headers, line.headers, dict.fromkeys(line.headers, next(iter(headers.values()), ""))):
        outcome(line, body, given_headers)


@quick
@given(values=some.lists(anything, min_size=12, max_size=12))
def test_signed_garbage(line, values):
    """Nor does anything that a provider signs: each field in turn is something else."""
    for make in (line.signer.bounce, line.signer.complaint, line.signer.unsubscription):
        event = make(ANN, MESSAGE_ID)
        for path, value in zip(paths(event), values * 3, strict=False):
            outcome(line, *line.signer.call([replaced(event, path, value)], line.now))
    outcome(line, *line.signer.call([values[0]], line.now) if line.signer.provider != "postmark" else (b"[]", {}))


@quick
@given(value=anything)
def test_garbage_for_a_signature(line, value):
    """Nor what stands in the place of a signature."""
    body, headers = line.signer.call([line.signer.bounce(ANN, MESSAGE_ID)], line.now)
    data = json.loads(body)
    for path in paths(data) if isinstance(data, dict) else ():
        outcome(line, json.dumps(replaced(data, path, value)).encode(), headers)


def test_brackets_without_end(line):
    """JSON as deep as a body is long."""
    with pytest.raises(Refused):
        line.read(b"[" * 1_000_000, line.headers)


def paths(data, above=()):
    """The path of each value in nested dicts and lists."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in items:
        yield (*above, name)
        yield from paths(value, (*above, name))


def replaced(data, path, value):
    """A copy with another value at the end of a path."""
    copy = json.loads(json.dumps(data))
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return copy


def test_call_without_headers(line):
    """No signature, no events."""
    body, _headers = line.signer.call([line.signer.bounce(ANN, MESSAGE_ID)], line.now)
    if line.signer.provider in ("sendgrid", "postmark"):
        with pytest.raises(Refused, match="not signed"):
            line.provider.read(Call(body, {}), line.now)
