"""The mail servers of domains, asked of a real DNS server."""

import importlib.util
from pathlib import Path

import pytest
from bulk_mailing.adapters.dns import DnsMailServers, FakeMailServers, TryLater, of_all
from dns.resolver import NoResolverConfiguration, Resolver


def _load_server():
    """`tests/dns_server.py` without its package, which is Odoo's."""
    path = Path(__file__).parents[2] / "tests" / "dns_server.py"
    spec = importlib.util.spec_from_file_location("dns_server_of_the_tests", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DnsServer


DnsServer = _load_server()

ZONES = {
    "example.org": ["20 MX2.example.net.", "10 mx1.example.net."],
    "xn--mller-kva.de": ["10 mx.example.net."],
    "web-only.org": [],
    "no-mail.org": ["0 ."],
    "broken.org": "SERVFAIL",
    "refused.org": "REFUSED",
    "lost.org": "SILENCE",
}

ANSWERS = [
    ("example.org", ("mx1.example.net", "mx2.example.net")),  # RFC 5321, 5.1: the lowest number is preferred
    ("xn--mller-kva.de", ("mx.example.net",)),
    ("web-only.org", ("web-only.org",)),
    ("no-mail.org", ()),
    ("nobody.org", ()),
    ("x" * 64 + ".org", ()),
]


@pytest.fixture
def servers():
    with DnsServer(ZONES) as server:
        yield DnsMailServers([server.host], server.port, patience=0.3)


@pytest.mark.parametrize("domain, expected", ANSWERS)
def test_answers(servers, domain, expected):
    """The names in their order, in lower case; none where no mail is taken."""
    assert servers.of(domain) == expected


@pytest.mark.parametrize("domain", ["broken.org", "refused.org", "lost.org"])
def test_no_answer(servers, domain):
    """SERVFAIL, REFUSED and silence say nothing about a domain: it is asked about later."""
    with pytest.raises(TryLater):
        servers.of(domain)


def test_many(servers):
    """Many at a time; one that fails does not keep the others."""
    assert of_all(servers, ["example.org", "broken.org", "nobody.org"]) == {
        "example.org": ("mx1.example.net", "mx2.example.net"),
        "broken.org": None,
        "nobody.org": (),
    }


def test_fake():
    """The fake answers like the real one."""
    fake = FakeMailServers({"example.org": ("mx.example.net",), "broken.org": None})
    assert of_all(fake, ["example.org", "broken.org", "nobody.org"], threads=1) == {
        "example.org": ("mx.example.net",),
        "broken.org": None,
        "nobody.org": (),
    }
    assert fake.asked == ["example.org", "broken.org", "nobody.org"]


def test_no_resolver(monkeypatch):
    """A machine that knows no resolver gets no answer, and no error either."""

    def read_nothing(_resolver, *_args):
        raise NoResolverConfiguration

    monkeypatch.setattr(Resolver, "read_resolv_conf", read_nothing)
    with pytest.raises(TryLater):
        DnsMailServers().of("example.org")
