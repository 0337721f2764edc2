"""Pictures fetched from a real web server: what it may say."""

import gzip
import zlib

import pytest
from bulk_mailing.adapters.images import Image


def test_a_picture(web, server, fetcher):
    """C29: a picture is fetched as it is, without anything that tells who asks for whom."""
    picture = web.picture(40, 30, "JPEG")
    server.pages["/a.jpg?b=1"] = web.answer(picture, "text/html")  # what a server calls it counts for nothing
    assert fetcher(server).fetch(server.url("/a.jpg?b=1")) == Image(picture, "image/jpeg", 40, 30)
    [head] = server.asked
    assert f"Host: 127.0.0.1:{server.port}\r\n".encode() in head
    assert b"Cookie" not in head
    assert b"Referer" not in head


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_formats(web, server, kind, fetcher):
    """C29: the formats that mail programs show."""
    server.pages["/a"] = web.answer(web.picture(kind=kind))
    assert fetcher(server).fetch(server.url("/a")).mimetype == f"image/{kind.lower()}"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_although_asked_not_to(web, server, pack, encoding, fetcher):
    """C29: some servers compress whatever one asks for."""
    server.pages["/a"] = web.answer(pack(web.picture()), Content_Encoding=encoding)
    assert fetcher(server).fetch(server.url("/a")).content == web.picture()


def test_chunked(web, server, fetcher):
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
def test_no_pictures(web, server, body, reason, fetcher, refusal):
    """C29: only pictures of dots, by content; SVG may hold programs, and is refused with its own sentence."""
    server.pages["/a.png"] = web.answer(body, "image/png")
    assert reason in refusal(fetcher(server), server.url("/a.png"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_broken_off(web, server, kind, fetcher, refusal):
    """C29: a picture that ends too early is damaged, also when the server says that this was all."""
    whole = web.picture(200, 200, kind)
    server.pages["/a"] = web.answer(whole[: len(whole) // 2])
    assert "damaged" in refusal(fetcher(server), server.url("/a"))
    server.pages["/a"] = web.answer(whole[: len(whole) // 2], Content_Length=len(whole))
    assert "damaged" in refusal(fetcher(server), server.url("/a"))


STATUSES = [("404 Not Found", "nothing (404)"), ("403 Forbidden", "(403)"), ("500 Oh", "(500)"), ("204 No", "(204)")]


@pytest.mark.parametrize("status, reason", STATUSES)
def test_statuses(web, server, status, reason, fetcher, refusal):
    """C29: any answer but 200 is a reason in words."""
    server.pages["/a"] = web.answer(web.picture(), status=status)
    assert reason in refusal(fetcher(server), server.url("/a"))
