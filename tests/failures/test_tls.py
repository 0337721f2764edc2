"""TLS is missing, broken, expired, of another host, or tampered with: as configured, and never in the clear instead."""

import pytest

SECRET = {"MAIL", "RCPT", "DATA", "AUTH"}


def assert_refused(flight):
    """Paused with a reason; nothing of a mail was said, nobody is blamed, everybody still waits."""
    state, flight_state, reason = flight.mailing()
    assert (state, flight_state) == ("sending", "paused")
    assert reason
    assert flight.summary() == {"accepted": 0, "doubles": 0, "queued": 3}
    assert not SECRET & set(flight.server.commands)


def assert_sent_securely(flight):
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
    assert all(mail.is_secure for mail in flight.server.messages)


@pytest.mark.parametrize("encryption", ["starttls", "starttls_strict"])
def test_starttls_is_not_offered(small, encryption):
    """A server, or somebody in the middle, that hides STARTTLS gets no mail in the clear."""
    flight = small(encryption=encryption)
    flight.send()
    assert_refused(flight)


def test_good_certificate(small, authority):
    """The counter-check: with a certificate that is right, mail goes, encrypted."""
    flight = small(encryption="starttls_strict", tls_context=authority.context())
    flight.send()
    assert_sent_securely(flight)


@pytest.mark.parametrize("wrong", [{"is_expired": True}, {"host": "other.example.org"}])
def test_wrong_certificate(small, authority, wrong):
    """Expired, or somebody else's: refused, where certificates are to be validated."""
    flight = small(encryption="starttls_strict", tls_context=authority.context(**wrong))
    flight.send()
    assert_refused(flight)


def test_validation_is_not_asked_for(small, authority):
    """ "Encryption only" takes any certificate, as it says."""
    flight = small(encryption="starttls", tls_context=authority.context(is_expired=True))
    flight.send()
    assert_sent_securely(flight)


@pytest.mark.parametrize("answer", ["454 4.7.0 TLS not available", "220 Go ahead"])
def test_handshake_fails(small, authority, answer):
    """The server refuses STARTTLS, or agrees and then talks no TLS."""
    flight = small(encryption="starttls", tls_context=authority.context())
    flight.server.on("STARTTLS").reply(answer)
    flight.send()
    assert_refused(flight)


def test_no_tls_at_the_port(small):
    """TLS from the first byte, and the server greets in the clear."""
    flight = small(encryption="ssl")
    flight.send()
    assert_refused(flight)


def test_text_injected_after_starttls(small, authority):
    """What somebody put in the clear behind the reply to STARTTLS is not taken for the server's (CVE-2021-38371)."""
    injected = "250-other.example.org\r\n250 AUTH PLAIN\r\n250 2.1.0 OK\r\n250 2.1.5 OK\r\n354 Go\r\n250 2.0.0 OK"
    flight = small(encryption="starttls_strict", tls_context=authority.context(), injected=injected)
    flight.send()
    flight.check_promise()
    assert all(mail.is_secure for mail in flight.server.messages)
    if flight.mailing()[1] == "paused":
        assert_refused(flight)
    else:
        assert_sent_securely(flight)
