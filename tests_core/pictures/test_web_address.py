"""URLs of pictures on other servers, and the many ways to write one that leads elsewhere."""

import pytest
from bulk_mailing.core.pictures import BadWebAddress, WebAddress, external
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

READ = [
    ("https://example.org", WebAddress("https", "example.org", 443, "/")),
    ("http://Example.ORG/a.png", WebAddress("http", "example.org", 80, "/a.png")),
    ("https://exämple.org./a b.png".replace(" ", "%20"), WebAddress("https", "xn--exmple-cua.org", 443, "/a%20b.png")),
    ("https://example.org/ä?b=ö#c", WebAddress("https", "example.org", 443, "/%C3%A4?b=%C3%B6")),
    ("https://8.8.8.8:443/a", WebAddress("https", "8.8.8.8", 443, "/a")),
    ("https://[2606:4700::1]/a", WebAddress("https", "2606:4700::1", 443, "/a")),
]
REFUSED = [
    "file:///etc/passwd",
    "ftp://example.org/a.png",
    "gopher://example.org/a.png",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "//example.org/a.png",
    "/a.png",
    "",
    "https://",
    "https:///a.png",
    "https://ann:secret@example.org/a.png",
    "https://ann@example.org/a.png",
    "https://@example.org/a.png",
    "https://example.org:22/a.png",
    "https://example.org:0/a.png",
    "https://example.org:99999/a.png",
    "https://example.org:a/a.png",
    "https://example.org\\@127.0.0.1/a.png",
    "https://example.org/a.png\r\nHost: other",
    "https://exam\tple.org/a.png",
    "https://[::1/a.png",
    "https://[fe80::1%25eth0]/a.png",
    "https://127.1/a.png",
    "https://2130706433/a.png",
    "https://0x7f000001/a.png",
    "https://0x7f.1/a.png",
    "https://017700000001/a.png",
    "https://1.2.3/a.png",
    "https://127.0.0.1./a.png",
    "https://example.1/a.png",
    "https://exa_mple..org/a.png",
    "https://example.org/" + "a" * 2000,
]


@pytest.mark.parametrize("url, expected", READ)
def test_read(url, expected):
    """C29: hosts in ASCII, paths as they go over the wire."""
    assert WebAddress.read(url) == expected


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url):
    """C29: other schemes, odd ports, credentials, numbers that some functions take for addresses."""
    with pytest.raises(BadWebAddress) as refusal:
        WebAddress.read(url)
    assert str(refusal.value.reason).endswith((".", "domain"))


def test_host_header():
    """C29: the Host header names the host, and the port where it is not the usual one."""
    assert WebAddress.read("https://[2606:4700::1]/").netloc == "[2606:4700::1]"
    assert WebAddress.read("http://example.org:443/").netloc == "example.org:443"


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://cdn.example.org/a.png", "https://cdn.example.org/a.png"),
        ("//cdn.example.org/a.png", "https://cdn.example.org/a.png"),
        ("http://crm.example.com/web/image/1", None),
        ("/web/image/1", None),
        ("cid:a@b", None),
        ("data:image/png;base64,AAAA", None),
        ("http://[broken", None),
        ("file:///etc/passwd", None),
    ],
)
def test_external(url, expected):
    """C29: external is what is on the web and not on our own host."""
    assert external(url, {"crm.example.com"}) == expected


PIECES = [
    "https://",
    "http:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    ":443",
    "#",
    "?",
    "[",
    "]",
    "::1",
    "127.0.0.1",
    "a.example",
    "%40",
    ".",
]


@given(lists(sampled_from(PIECES) | text("ab@:/\\ .%", max_size=2), max_size=8).map("".join))
def test_nobody_reads_another_host(rest):
    """C29: where we read a host, another reader of URLs reads the same, whatever stands around it."""
    url = f"https://{rest}"
    try:
        host = WebAddress.read(url).host
    except BadWebAddress:
        return
    try:
        read = (parse_url(url).host or "").strip("[]").rstrip(".")
    except LocationParseError:
        return
    assert read == host
