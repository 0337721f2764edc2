"""Pictures fetched from a real web server: what it may say, and how far it gets with it."""

import gzip
import ssl
import time
import zlib
from ipaddress import ip_address

import pytest
from bulk_mailing.adapters.images import Image, Limits, Names, NotFetched, WebImages

LOOPBACK = ip_address("127.0.0.1")


def fetcher(server, **limits):
    """Fetches from this server and from nothing else."""
    limits = {"may_connect": lambda address: address == LOOPBACK, "ports": {server.port}, **limits}
    return WebImages(Limits(**limits))


def refusal(fetching, url):
    """Why nothing was fetched."""
    with pytest.raises(NotFetched) as refused:
        fetching.fetch(url)
    return str(refused.value.reason)


def test_a_picture(web, server):
    """C29: a picture is fetched as it is, without anything that tells who asks for whom."""
    picture = web.picture(40, 30, "JPEG")
    server.pages["/a.jpg?b=1"] = web.answer(picture, "text/html")  # what a server calls it counts for nothing
    assert fetcher(server).fetch(server.url("/a.jpg?b=1")) == Image(picture, "image/jpeg", 40, 30)
    [head] = server.asked
    assert f"Host: 127.0.0.1:{server.port}\r\n".encode() in head
    assert b"Cookie" not in head
    assert b"Referer" not in head


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_formats(web, server, kind):
    """C29: the formats that mail programs show."""
    server.pages["/a"] = web.answer(web.picture(kind=kind))
    assert fetcher(server).fetch(server.url("/a")).mimetype == f"image/{kind.lower()}"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_although_asked_not_to(web, server, pack, encoding):
    """C29: some servers compress whatever one asks for."""
    server.pages["/a"] = web.answer(pack(web.picture()), Content_Encoding=encoding)
    assert fetcher(server).fetch(server.url("/a")).content == web.picture()


def test_chunked(web, server):
    """C29: in pieces, without a length."""
    picture = web.picture()
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(picture), picture)
    server.pages["/a"] = web.answer(pieces, Content_Length=None, Transfer_Encoding="chunked")
    assert fetcher(server).fetch(server.url("/a")).content == picture


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NO_PICTURES = [
    (b"", "not a picture"),
    (b"<html>no</html>", "not a picture"),
    (b"%PDF-1.7", "not a picture"),
    (b"BM" + bytes(100), "not a picture"),  # a format that we do not ask Pillow for
    (SVG, "SVG"),
    (b"\xef\xbb\xbf  <svg>" + SVG, "SVG"),
]


@pytest.mark.parametrize("body, reason", NO_PICTURES)
def test_no_pictures(web, server, body, reason):
    """C29: only pictures of dots, by content; SVG may hold programs, and is refused with its own sentence."""
    server.pages["/a.png"] = web.answer(body, "image/png")
    assert reason in refusal(fetcher(server), server.url("/a.png"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_broken_off(web, server, kind):
    """C29: a picture that ends too early is damaged, also when the server says that this was all."""
    whole = web.picture(200, 200, kind)
    server.pages["/a"] = web.answer(whole[: len(whole) // 2])
    assert "damaged" in refusal(fetcher(server), server.url("/a"))
    server.pages["/a"] = web.answer(whole[: len(whole) // 2], Content_Length=len(whole))
    assert "damaged" in refusal(fetcher(server), server.url("/a"))


STATUSES = [("404 Not Found", "nothing (404)"), ("403 Forbidden", "(403)"), ("500 Oh", "(500)"), ("204 No", "(204)")]


@pytest.mark.parametrize("status, reason", STATUSES)
def test_statuses(web, server, status, reason):
    """C29: any answer but 200 is a reason in words."""
    server.pages["/a"] = web.answer(web.picture(), status=status)
    assert reason in refusal(fetcher(server), server.url("/a"))


# ------------------------------------------------------------
# Bombs
# ------------------------------------------------------------


def test_body_too_large(web, server):
    """C29: an honest length over the limit, a missing one, and one that lies."""
    small = {"bytes": 1024 * 1024}
    large = web.picture() + bytes(2 * 1024 * 1024)
    for headers in ({}, {"Content_Length": None}, {"Content_Length": 10**12}):
        server.pages["/a"] = web.answer(large, **headers)
        assert refusal(fetcher(server, **small), server.url("/a")) == "The picture is larger than 1 MB."


def test_endless_body(web, server):
    """C29: a body without end is read up to the limit."""
    server.pages["/a"] = lambda: web.drip(web.answer(Content_Length=None), bytes(65536), every=0)
    assert "larger than 1 MB" in refusal(fetcher(server, bytes=1024 * 1024), server.url("/a"))


def test_endless_headers(web, server):
    """C29: nor do headers, or answers before the answer, go on for ever."""
    for line in (b"A: b\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"):
        server.pages["/a"] = lambda line=line: web.drip(b"HTTP/1.1 100 Continue\r\n", line * 1000, every=0)
        assert refusal(fetcher(server, bytes=1024), server.url("/a")) in (
            "The other server does not stop sending.",
            "The other server's answer cannot be understood.",
        )


def test_bomb_in_gzip(web, server):
    """C29: thirty megabytes in thirty kilobytes are unpacked up to the limit."""
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(10**6)) for _ in range(30)) + packer.flush()
    server.pages["/a"] = web.answer(bomb, Content_Encoding="gzip")
    assert "larger than 1 MB" in refusal(fetcher(server, bytes=1024 * 1024), server.url("/a"))


def test_damaged_gzip(web, server):
    """C29: what cannot be unpacked is no picture."""
    server.pages["/a"] = web.answer(b"no gzip", Content_Encoding="gzip")
    assert "damaged" in refusal(fetcher(server), server.url("/a"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_pixel_bomb(web, server, kind):
    """C29: a few hundred bytes that say they are millions of pixels are not unfolded."""
    server.pages["/a"] = web.answer(web.picture(1200, 1200, kind))
    assert "1200 by 1200 pixels" in refusal(fetcher(server, pixels=1_000_000), server.url("/a"))


def test_pixel_bomb_beyond_pillow(web, server):
    """C29: far beyond what Pillow itself lets pass."""
    png = bytearray(web.picture())
    png[16:24] = b"\x00\x01\x00\x00\x00\x01\x00\x00"  # 65,536 by 65,536
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    server.pages["/a"] = web.answer(bytes(png))
    assert "pixels" in refusal(fetcher(server), server.url("/a"))


def test_scan_bomb(web, server):
    """C29: a progressive JPEG that would be gone over a thousand times."""
    jpeg = web.picture(200, 200, "JPEG", progressive=True)
    start = jpeg.rindex(b"\xff\xda")
    server.pages["/a"] = web.answer(jpeg[:start] + jpeg[start:-2] * 1000 + b"\xff\xd9")
    assert "too long to read" in refusal(fetcher(server), server.url("/a"))


# ------------------------------------------------------------
# Time
# ------------------------------------------------------------


@pytest.mark.parametrize("where", ["status", "headers", "body", "silence"])
def test_slow_server(web, server, where):
    """C29: one byte now and then is no reason to wait: the time is for all of it."""
    first = {"status": b"HTTP/1.1 ", "headers": b"HTTP/1.1 200 OK\r\nA: ", "body": web.answer(Content_Length=None)}
    server.pages["/a"] = lambda: web.drip(first.get(where, b""), b"" if where == "silence" else b"1")
    # a fetch that waits for each byte anew would wait for ever
    assert refusal(fetcher(server, seconds=0.5), server.url("/a")) == "The other server took too long."


def test_slow_redirects(web, server):
    """C29: the time is for all steps together."""
    server.pages["/a"] = lambda: (time.sleep(0.3), (yield web.redirect("/a")))
    assert refusal(fetcher(server, seconds=0.5), server.url("/a")) == "The other server took too long."


# ------------------------------------------------------------
# Redirects
# ------------------------------------------------------------


def test_redirect(web, server):
    """C29: a picture that has moved is fetched where it is now."""
    server.pages.update({"/a": web.redirect("b?c#d"), "/b?c": web.answer(web.picture())})
    assert fetcher(server).fetch(server.url("/a")).content == web.picture()


def test_redirects_in_a_circle(web, server):
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
def test_redirect_elsewhere(web, server, location, reason):
    """C29: each step is looked at as if it were the first."""
    server.pages["/a"] = web.redirect(location.format(port=server.port))
    assert reason in refusal(fetcher(server), server.url("/a"))
    assert server.paths == ["/a"]


# ------------------------------------------------------------
# Who is asked
# ------------------------------------------------------------


def test_own_network_is_closed(web, server):
    """C29: without a test's limits nothing on this machine is asked, by number or by name."""
    server.pages["/a"] = web.answer(web.picture())
    open_ports = WebImages(Limits(ports={server.port}))
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        assert refusal(open_ports, server.url("/a", host)) == "There is no such server on the public internet."
    assert "unusual port" in refusal(WebImages(), server.url("/a"))
    assert not server.asked


def test_names(web, server, dns_server):
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


def test_name_that_changes(web, dns_server):
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


# ------------------------------------------------------------
# TLS
# ------------------------------------------------------------


@pytest.mark.parametrize(
    "host, is_expired, is_trusted, reason",
    [
        ("pictures.example", False, True, None),
        ("pictures.example", False, False, "no valid certificate"),
        ("pictures.example", True, True, "no valid certificate"),
        ("other.example", False, True, "no valid certificate"),
    ],
)
def test_tls(web, dns_server, authority, host, is_expired, is_trusted, reason):
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


def test_no_tls_where_it_is_asked_for(server):
    """C29: a server that does not speak TLS is not spoken to in plain words instead."""
    url = server.url("/a").replace("http:", "https:")
    assert "No secure connection" in refusal(fetcher(server), url)
    assert not server.asked
