"""Keys as people paste them, and what is published of them."""

import re

import pytest
from bulk_mailing.adapters.dkim import BadKey, generate, load
from bulk_mailing.core.addresses import BadAddress
from bulk_mailing.core.dkim import (
    SigningKey,
    clean_domain,
    clean_selector,
    dns_record,
    free_selector,
    signing_domains,
)
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from .verifying import records, signed, verified

# a key for this test alone, made by OpenSSL, as the library refuses to make one so small
SMALL = """\
-----BEGIN PRIVATE KEY-----
MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAorAG+6JgmP0XCfTG
P871k/Q2PAHZqHIzxlByMMCWmEodVNQp2JgI9MwgOFzoXUSKV0Y0D450SFZuh4Wo
UmzC3QIDAQABAkASKyRsf8LX8xPamcp2H8/POSvBYdeD91UO5bcK+McYtKidVVFe
jJEgkIRq0cWhVPPfXHvg1S4HApltKAI98pFFAiEA0mhjFFW2FCpPJ6f5WwxGp9BJ
xHa4RzPGNyI8+8tRgqcCIQDF8IlVdGd5+wOrdkEMa7qmq311miD2eU+819rUrvPS
2wIhALmu/aE4ctMg83HfvyMmlkQKgM8spjvP6SFGyeK771cJAiEAsKJ0u1hUGstA
PBsb8yyTdLYmD/MJpUkeOePZ+N9i3+8CIQCWxOnD5gS4b8XUmCneydymoVt/GPY+
ojUO0/OEmhwQog==
-----END PRIVATE KEY-----
"""


def pem(key, lock=None, form=serialization.PrivateFormat.PKCS8) -> str:
    encryption = serialization.BestAvailableEncryption(lock) if lock else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, encryption).decode()


def new_rsa():
    return rsa.generate_private_key(65537, 1024)


@pytest.mark.parametrize("algorithm", ["rsa", "ed25519"])
def test_generated_key(algorithm):
    """A new key signs, also after it was kept as text, and its record verifies that."""
    key = SigningKey("example.org", "new", load(generate(algorithm).to_pem(), is_checked=True))
    assert key.key.algorithm == algorithm
    raw = signed(b"From: news@example.org\r\n\r\nHello\r\n", key)
    assert verified(raw, published=records(key))
    assert not verified(raw, published=records(SigningKey("example.org", "new", generate(algorithm))))


def test_key_of_openssl_1():
    """The older form, BEGIN RSA PRIVATE KEY, is the same key."""
    key = new_rsa()
    old = pem(key, form=serialization.PrivateFormat.TraditionalOpenSSL)
    assert "BEGIN RSA" in old
    assert load(old).public_key() == load(pem(key)).public_key()


NO_KEYS = [
    ("", "not a private key"),
    ("secret-words", "not a private key"),
    ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "not a private key"),
    (generate("rsa").public_key(), "not a private key"),
    (pem(new_rsa(), lock=b"pass"), "password"),
    (SMALL, "512 bits"),
    (pem(ec.generate_private_key(ec.SECP256R1())), "another kind"),
]


@pytest.mark.parametrize("text, sentence", NO_KEYS)
def test_no_key(text, sentence):
    """What cannot sign is refused in a sentence that shows nothing of it."""
    with pytest.raises(BadKey) as caught:
        load(text)
    assert sentence in str(caught.value)
    assert not text or text[-40:] not in str(caught.value)


def test_zone_line():
    """A value longer than 255 characters comes in several strings, which together are the value."""
    short = dns_record("example.org", "a", "ed25519", "x" * 44)
    assert short.as_zone_line() == f'a._domainkey.example.org. IN TXT "v=DKIM1; k=ed25519; p={"x" * 44}"'
    long = dns_record("example.org", "a", "rsa", "x" * 392)
    start, *strings, end = re.split(r"[( ]*\"[ )]*", long.as_zone_line())
    assert (start, end) == ("a._domainkey.example.org. IN TXT", "")
    assert [len(string) for string in strings if string] == [255, 155]
    assert "".join(strings) == long.value


DOMAINS = [
    ("example.org", ["example.org"]),
    ("news.mail.example.org", ["news.mail.example.org", "mail.example.org", "example.org"]),
    ("org", []),
]


@pytest.mark.parametrize("domain, expected", DOMAINS)
def test_signing_domains(domain, expected):
    """The From's own domain and those above it, but no top level."""
    assert signing_domains(domain) == expected


def test_free_selector():
    """A selector that no other key of the domain has."""
    assert free_selector("bulk", []) == "bulk"
    assert free_selector("bulk", ["bulk", "bulk-2"]) == "bulk-3"


@pytest.mark.parametrize("text, expected", [(" Example.ORG. ", "example.org"), ("müller.de", "xn--mller-kva.de")])
def test_clean_domain(text, expected):
    """A domain as people write it."""
    assert clean_domain(text) == expected


@pytest.mark.parametrize("text", ["", "example", "192.0.2.1", "[192.0.2.1]", "ann@example.org", "a_b.org", "-a.org"])
def test_no_domain(text):
    """What cannot sign."""
    with pytest.raises(BadAddress):
        clean_domain(text)


@pytest.mark.parametrize("text", ["", "a b", "a..b", "x" * 64, "ä", "a;b"])
def test_no_selector(text):
    """What cannot stand in a signature or in DNS."""
    with pytest.raises(BadAddress):
        clean_selector(text)
