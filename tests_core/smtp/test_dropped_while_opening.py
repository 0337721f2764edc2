"""A server hangs up without a word before a mail can begin."""

import pytest

from tests_core.smtp.desk import SmtpServer, deliver, parcel, python_tls, route, verdicts
from tests_core.smtp.stage_server import tls_context

STEPS = pytest.mark.parametrize("at", ["CONNECT", "EHLO", "STARTTLS", "AUTH"])


@pytest.fixture
def secure_server(certificate):
    """A server that wants TLS and a password."""
    with SmtpServer(accounts={"news": "secret"}, tls_context=tls_context(*certificate)) as running:
        yield running


def send(server):
    """Deliver two letters, encrypted and logged in; the outcomes."""

    def log_in(client):
        client.starttls(context=python_tls())
        client.login("news", "secret")

    return deliver(parcel(route(server.port, prepare=log_in), "ann", "bob"))


@STEPS
def test_once(secure_server, at):
    """It is asked again, everybody gets the mail once, and nothing of it goes in the clear."""
    secure_server.on(at, nth=1).disconnect()
    assert verdicts(send(secure_server)) == ["sent"] * 2
    assert secure_server.connections == 2
    assert secure_server.addresses() == ["ann@example.org", "bob@example.org"]
    assert all(mail.is_secure for mail in secure_server.messages)


@STEPS
def test_always(secure_server, at):
    """After some tries it is trouble, told as such; nobody was named to it, and nobody is to blame."""
    secure_server.on(at).disconnect()
    outcomes = send(secure_server)
    assert verdicts(outcomes) == ["server_trouble"] * 2
    assert all(str(outcome.reason) for outcome in outcomes.values())
    assert secure_server.connections == 3
    assert not {"MAIL", "RCPT", "DATA"} & set(secure_server.commands)
