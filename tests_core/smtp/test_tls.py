"""Encrypted connections: nothing is lost between smtplib's sockets and ours, nothing is believed that was injected."""

import datetime
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from urllib3.contrib.pyopenssl import PyOpenSSLContext

from tests_core.smtp.desk import deliver, parcel, route, verdicts
from tests_core.smtp.stage_server import StageServer, tls_context

LARGE = b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 60_000


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that this machine has signed itself, with its key: two files."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    (folder / "cert.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def python_tls():
    """As Odoo with a user name and STARTTLS."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


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
