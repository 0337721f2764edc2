"""Certificates of SNS, from a real server with TLS."""

import ssl

import pytest
from bulk_mailing.adapters.amazon_sns import MOST_A_MINUTE, WebAmazonSns
from bulk_mailing.adapters.images import Limits, Names, NotFetched

from .conftest import load

HOST = "sns.eu-west-1.amazonaws.com"
PEM = "/SimpleNotificationService-0a.pem"


@pytest.fixture
def amazon(tmp_path):
    """A server that says that it is Amazon's, what asks it, and the helper that words its answers."""
    web = load("web_server.py")
    authority = load("failures/certificates.py").Authority(tmp_path)
    trusted = ssl.create_default_context(cafile=authority.variables["SSL_CERT_FILE"])
    zones = {name: {"A": ["127.0.0.1"]} for name in (HOST, "evil.test", "s3.eu-west-1.amazonaws.com")}
    with web.WebServer(tls=authority.context(HOST)) as server, load("dns_server.py").DnsServer(zones) as dns:
        limits = Limits(lambda _address: True, {server.port}, redirects=0, bytes=1000, seconds=5)
        yield server, WebAmazonSns(limits, Names([dns.host], dns.port), trusted, clock=lambda: 0.0), web


def test_certificate(amazon):
    """A certificate is fetched once, and its server learns nothing of what it is for."""
    server, sns, web = amazon
    server.pages[PEM] = web.answer(b"pem", "binary/octet-stream")
    url = server.url(PEM, HOST)
    assert sns.certificate(url) == sns.certificate(url) == b"pem"
    [head] = server.asked
    assert b"picture" not in head
    sns.confirm(url)
    assert len(server.asked) == 2  # what is asked for to confirm is never remembered


@pytest.mark.parametrize("host", ["evil.test", "s3.eu-west-1.amazonaws.com", "127.0.0.1"])
def test_other_hosts(amazon, host):
    """Nothing else is asked, whoever wants it."""
    server, sns, _web = amazon
    with pytest.raises(NotFetched, match="Amazon"):
        sns.certificate(server.url(PEM, host))
    with pytest.raises(NotFetched):
        sns.certificate(server.url(PEM, HOST).replace("https:", "http:"))
    assert server.asked == []


def test_no_way_round(amazon):
    """No redirect is followed, and nothing large is read."""
    server, sns, web = amazon
    server.pages["/a"] = web.redirect(server.url("/b", HOST))
    server.pages["/b"] = web.answer(b"x" * 1001)
    for path in ("/a", "/b"):
        with pytest.raises(NotFetched):
            sns.certificate(server.url(path, HOST))
    assert server.paths == ["/a", "/b"]


def test_not_too_often(amazon):
    """Certificates that do not exist cost Amazon, and us, only so many questions a minute."""
    server, sns, _web = amazon
    for number in range(MOST_A_MINUTE + 3):
        with pytest.raises(NotFetched):
            sns.certificate(server.url(f"/{number}", HOST))
    assert len(server.asked) == MOST_A_MINUTE
