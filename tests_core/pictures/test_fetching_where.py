"""Where pictures are fetched from: no redirect, no name and no certificate leads elsewhere."""

import ssl
from ipaddress import ip_address

import pytest
from bulk_mailing.adapters.images import Limits, Names, WebImages

LOOPBACK = ip_address("127.0.0.1")


def test_redirect(web, server, fetcher):
    """C29: a picture that has moved is fetched where it is now."""
    server.pages.update({"/a": web.redirect("b?c#d"), "/b?c": web.answer(web.picture())})
    assert fetcher(server).fetch(server.url("/a")).content == web.picture()


def test_redirects_in_a_circle(web, server, fetcher, refusal):
    """C29: round and round ends after a few."""
    server.pages.update({"/a": web.redirect("/b"), "/b": web.redirect("/a")})
    assert "from place to place" in refusal(fetcher(server), server.url("/a"))
    assert len(server.asked) == 5


REDIRECTS_REFUSED = [
    ("file:///etc/passwd", "not the address of a picture"),
    ("data:image/png;base64,AAAA", "not the address of a picture"),
    ("http://169.254.169.254/latest/meta-data", "unusual port"),
    ("http://169.254.169.254:{port}/latest/meta-data", "no such server"),
    ("http://[::ffff:127.0.0.1]:{port}/a", "no such server"),
    ("http://0x7f000001:{port}/a", "not the address of a picture"),
    ("http://ann:secret@127.0.0.1:{port}/a", "user name or password"),
    ("http://127.0.0.1:1/a", "unusual port"),
    ("http://[broken", "cannot be understood"),
]


@pytest.mark.parametrize("location, reason", REDIRECTS_REFUSED)
def test_redirect_elsewhere(web, server, location, reason, fetcher, refusal):
    """C29: each step is looked at as if it were the first."""
    server.pages["/a"] = web.redirect(location.format(port=server.port))
    assert reason in refusal(fetcher(server), server.url("/a"))
    assert server.paths == ["/a"]


def test_own_network_is_closed(web, server, refusal):
    """C29: without a test's limits nothing on this machine is asked, by number or by name."""
    server.pages["/a"] = web.answer(web.picture())
    open_ports = WebImages(Limits(ports={server.port}))
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        assert refusal(open_ports, server.url("/a", host)) == "There is no such server on the public internet."
    assert "unusual port" in refusal(WebImages(), server.url("/a"))
    assert not server.asked


def test_names(web, server, dns_server, refusal):
    """C29: a name is looked up once; addresses that may not be connected to are as if they were not there."""
    server.pages["/a"] = web.answer(web.picture())
    zones = {
        "pictures.example": {"A": ["10.0.0.1", "127.0.0.1"], "AAAA": ["::1"]},
        "inside.example": {"A": ["10.0.0.1"], "AAAA": ["fe80::1"]},
        "mapped.example": {"AAAA": ["::ffff:127.0.0.1"]},
        "empty.example": {},
        "broken.example": "SERVFAIL",
    }
    with dns_server.DnsServer(zones) as dns:
        limits = Limits(may_connect=lambda address: address == LOOPBACK, ports={server.port})
        fetching = WebImages(limits, Names([dns.host], dns.port))
        assert fetching.fetch(server.url("/a", "pictures.example"))
        assert dns.asked == ["pictures.example"] * 2  # A and AAAA
        reasons = {
            refusal(fetching, server.url("/a", f"{name}.example"))
            for name in ("inside", "mapped", "empty", "broken", "nowhere")
        }
    assert reasons == {"There is no such server on the public internet."}  # tells nobody what there is inside
    assert f"Host: pictures.example:{server.port}".encode() in server.asked[0]


def test_name_that_changes(web, dns_server, refusal):
    """C29: a name that leads inside when it is asked for again (DNS rebinding) is not asked for again."""
    answers = iter([{"A": ["127.0.0.2"]}])
    with web.WebServer("127.0.0.2") as outside, web.WebServer("127.0.0.1", port=outside.port) as inside:
        outside.pages["/a"] = web.answer(web.picture())
        zones = {"moving.example": lambda: next(answers, {"A": ["127.0.0.1"]})}
        with dns_server.DnsServer(zones) as dns:
            is_outside = lambda address: address == ip_address("127.0.0.2")  # noqa: E731
            fetching = WebImages(Limits(is_outside, {outside.port}), OnlyFour(dns))
            assert fetching.fetch(outside.url("/a", "moving.example")).content == web.picture()
            assert refusal(fetching, outside.url("/a", "moving.example")).startswith("There is no such server")
        assert (len(outside.asked), len(inside.asked)) == (1, 0)


class OnlyFour(Names):
    """Asks for IPv4 alone, so that the name's first answer is the one that counts."""

    def __init__(self, dns):
        super().__init__([dns.host], dns.port)

    def _ask(self, host, seconds):
        found = self._resolver.resolve(host, "A", lifetime=seconds)
        return [ip_address(record.address) for record in found]


@pytest.mark.parametrize(
    "host, is_expired, is_trusted, reason",
    [
        ("pictures.example", False, True, None),
        ("pictures.example", False, False, "no valid certificate"),
        ("pictures.example", True, True, "no valid certificate"),
        ("other.example", False, True, "no valid certificate"),
    ],
)
def test_tls(web, dns_server, authority, host, is_expired, is_trusted, reason, refusal):
    """C29: TLS is for the name in the URL although the connection is to a number, and it is verified."""
    trusted = ssl.create_default_context(cafile=authority.variables["SSL_CERT_FILE"])
    with (
        web.WebServer(tls=authority.context(host, is_expired)) as server,
        dns_server.DnsServer({"pictures.example": {"A": ["127.0.0.1"]}}) as dns,
    ):
        server.pages["/a"] = web.answer(web.picture())
        limits = Limits(lambda address: address == LOOPBACK, {server.port})
        fetching = WebImages(limits, Names([dns.host], dns.port), trusted if is_trusted else None)
        url = server.url("/a", "pictures.example")
        if reason:
            assert reason in refusal(fetching, url)
            assert not server.asked
        else:
            assert fetching.fetch(url).content == web.picture()


def test_no_tls_where_it_is_asked_for(server, fetcher, refusal):
    """C29: a server that does not speak TLS is not spoken to in plain words instead."""
    url = server.url("/a").replace("http:", "https:")
    assert "No secure connection" in refusal(fetcher(server), url)
    assert not server.asked
