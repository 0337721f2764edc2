"""Encrypted connections: nothing is lost between smtplib's sockets and ours, nothing is believed that was injected."""

import ssl

import pytest
from urllib3.contrib.pyopenssl import PyOpenSSLContext

from tests_core.smtp.desk import deliver, parcel, python_tls, route, verdicts
from tests_core.smtp.stage_server import StageServer, tls_context

LARGE = b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 60_000


def openssl_tls():
    """As Odoo with a client certificate."""
    context = PyOpenSSLContext(ssl.PROTOCOL_TLS)
    context.verify_mode = ssl.CERT_NONE
    return context


def send(certificate, play, *names, body=b"hi\r\n", context=python_tls):
    """Deliver over STARTTLS; outcomes and server."""
    with StageServer(play, tls_context(*certificate)) as server:
        way = route(server.port, prepare=lambda client: client.starttls(context=context()))
        return deliver(parcel(way, *names, body=body)), server


@pytest.mark.parametrize("context", [python_tls, openssl_tls])
@pytest.mark.parametrize("features", [(), ("PIPELINING",)])
def test_over_tls(certificate, context, features):
    """Letters go and replies come, one of the letters larger than any buffer."""

    def play(_server, client):
        client.start_tls()
        client.offer(*features)
        client.serve()

    outcomes, server = send(certificate, play, "ann", "bob", "cat", body=LARGE, context=context)
    assert verdicts(outcomes) == ["sent"] * 3
    assert server.messages == [LARGE] * 3


@pytest.mark.parametrize("context", [python_tls, openssl_tls])
def test_replies_in_one_record(certificate, context):
    """Replies that were decrypted together are all seen, though the socket has nothing more to read."""

    def play(_server, client):
        client.start_tls()
        client.offer("PIPELINING")
        client.hear(b"DATA\r\n")
        client.say("250-" + "x" * 4000, "250 Ok", "250 Ok", "354 Go")
        client.hear(b"\r\n.\r\n")
        client.say("250 Ok")
        client.serve()

    outcomes, _server = send(certificate, play, "ann", context=context)
    assert verdicts(outcomes) == ["sent"]


@pytest.mark.parametrize("context", [python_tls, openssl_tls])
def test_injected_before_tls(certificate, context):
    """Plain text that somebody adds to the reply to STARTTLS is not taken for a reply of the server."""

    def play(_server, client):
        client.start_tls(injected="250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 Go\r\n250 2.0.0 Taken")
        client.offer()
        client.serve(rcpt="550 5.1.1 The real answer")

    outcomes, server = send(certificate, play, "ann", context=context)
    # either the handshake fails, or only what came encrypted counts
    assert verdicts(outcomes) in (["server_trouble"], ["failed"])
    assert server.messages == []


@pytest.mark.parametrize("context", [python_tls, openssl_tls])
def test_hangs_up_without_goodbye(certificate, context):
    """A TLS server that just closes after the message leaves it in doubt; before, it goes again."""
    for at, expected in (("dot", ["in_doubt"]), ("rcpt", ["deferred"])):

        def play(_server, client, at=at):
            client.start_tls()
            client.offer()
            client.serve(**{at: None})

        outcomes, server = send(certificate, play, "ann", context=context)
        assert verdicts(outcomes) == expected
        assert server.connections == (1 if at == "dot" else 3)


def test_handshake_fails(certificate):
    """A certificate that is not trusted is trouble, told as such."""

    def play(_server, client):
        client.start_tls()

    outcomes, _server = send(certificate, play, "ann", context=ssl.create_default_context)
    assert verdicts(outcomes) == ["server_trouble"]
    assert "No secure connection" in str(outcomes[0].reason)
