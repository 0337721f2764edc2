"""Whether a domain takes mail, asked of a real DNS server."""

import importlib.util
from pathlib import Path

import pytest
from bulk_mailing.adapters.dns import DnsMailDomains, FakeMailDomains, ask_all, read_nameservers
from bulk_mailing.core.validity import DomainAnswer


def _load_server():
    """`tests/dns_server.py` without its package, which is Odoo's."""
    path = Path(__file__).parents[2] / "tests" / "dns_server.py"
    spec = importlib.util.spec_from_file_location("dns_server_of_validity", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DnsServer


DnsServer = _load_server()

ZONES = {
    "example.org": ["20 mx2.example.net.", "10 mx1.example.net."],
    "xn--mller-kva.de": ["10 mx.example.net."],
    "address.org": {"A": ["192.0.2.1"]},
    "six.org": {"AAAA": ["2001:db8::1"]},
    "empty.org": {},
    "no-mail.org": ["0 ."],
    "both.org": ["0 .", "10 mx.example.net."],
    "broken.org": "SERVFAIL",
    "refused.org": "REFUSED",
    "lost.org": "SILENCE",
    "half.org": {"A": "SERVFAIL"},
}

ANSWERS = {
    "example.org": DomainAnswer.MAIL_SERVER,
    "xn--mller-kva.de": DomainAnswer.MAIL_SERVER,
    "address.org": DomainAnswer.ADDRESS_ONLY,
    "six.org": DomainAnswer.ADDRESS_ONLY,
    "empty.org": DomainAnswer.NO_SERVER,
    "no-mail.org": DomainAnswer.NULL_MX,
    "both.org": DomainAnswer.MAIL_SERVER,
    "broken.org": DomainAnswer.NO_ANSWER,
    "refused.org": DomainAnswer.NO_ANSWER,
    "lost.org": DomainAnswer.NO_ANSWER,
    "half.org": DomainAnswer.NO_ANSWER,
    "nobody.org": DomainAnswer.DOES_NOT_EXIST,
    "x" * 64 + ".org": DomainAnswer.DOES_NOT_EXIST,
}


@pytest.fixture
def server():
    with DnsServer(ZONES) as server:
        yield server


@pytest.mark.parametrize("domain, expected", ANSWERS.items())
def test_answers(server, domain, expected):
    """MX, else an address; silence and SERVFAIL say nothing about a domain."""
    assert DnsMailDomains([server.host], server.port, patience=0.3).ask(domain) is expected


def test_many(server):
    """Many at a time, each with its own answer."""
    domains = DnsMailDomains([server.host], server.port, patience=0.3)
    assert ask_all(domains, ANSWERS) == ANSWERS
    assert ask_all(domains, []) == {}


def test_patience_is_for_all_questions(server, monkeypatch):
    """MX, A and AAAA share one deadline: whoever waits at a form waits that long and no longer."""
    given = []
    domains = DnsMailDomains([server.host], server.port, patience=2)
    resolve = domains._resolver.resolve

    def note(*arguments, lifetime, **options):
        given.append(lifetime)
        return resolve(*arguments, lifetime=lifetime, **options)

    monkeypatch.setattr(domains._resolver, "resolve", note)
    assert domains.ask("empty.org") is DomainAnswer.NO_SERVER
    assert len(given) == 3
    assert 2 >= given[0] > given[1] > given[2] > 0


def test_fake():
    """The fake answers like the real one."""
    fake = FakeMailDomains({"example.org": DomainAnswer.MAIL_SERVER})
    assert ask_all(fake, ["example.org", "nobody.org"], threads=1) == {
        "example.org": DomainAnswer.MAIL_SERVER,
        "nobody.org": DomainAnswer.DOES_NOT_EXIST,
    }
    assert fake.asked == ["example.org", "nobody.org"]


def test_name_servers():
    """Name servers as people write them, and what is none."""
    found = read_nameservers("9.9.9.9, 192.0.2.1:5353 [2001:db8::1]:5353; 2001:db8::2")
    expected = [("9.9.9.9", 53), ("192.0.2.1", 5353), ("2001:db8::1", 5353), ("2001:db8::2", 53)]
    assert [(server.address, server.port) for server in found] == expected
    assert read_nameservers(" ") is None
    with pytest.raises(ValueError, match="dns.example.org"):
        read_nameservers("9.9.9.9 dns.example.org")


def test_named_server(server):
    """A name server with a port of its own is asked."""
    named = read_nameservers(f"{server.host}:{server.port}")
    assert DnsMailDomains(named, patience=0.3).ask("example.org") is DomainAnswer.MAIL_SERVER
