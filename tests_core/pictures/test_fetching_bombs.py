"""Pictures without end, and pictures that take for ever: how far a server gets with them."""

import time
import zlib

import pytest


def test_body_too_large(web, server, fetcher, refusal):
    """C29: an honest length over the limit, a missing one, and one that lies."""
    small = {"bytes": 1024 * 1024}
    large = web.picture() + bytes(2 * 1024 * 1024)
    for headers in ({}, {"Content_Length": None}, {"Content_Length": 10**12}):
        server.pages["/a"] = web.answer(large, **headers)
        assert refusal(fetcher(server, **small), server.url("/a")) == "The picture is larger than 1 MB."


def test_endless_body(web, server, fetcher, refusal):
    """C29: a body without end is read up to the limit."""
    server.pages["/a"] = lambda: web.drip(web.answer(Content_Length=None), bytes(65536), every=0)
    assert "larger than 1 MB" in refusal(fetcher(server, bytes=1024 * 1024), server.url("/a"))


def test_endless_headers(web, server, fetcher, refusal):
    """C29: nor do headers, or answers before the answer, go on for ever."""
    for line in (b"A: b\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"):
        server.pages["/a"] = lambda line=line: web.drip(b"HTTP/1.1 100 Continue\r\n", line * 1000, every=0)
        assert refusal(fetcher(server, bytes=1024), server.url("/a")) in (
            "The other server does not stop sending.",
            "The other server's answer cannot be understood.",
        )


def test_bomb_in_gzip(web, server, fetcher, refusal):
    """C29: thirty megabytes in thirty kilobytes are unpacked up to the limit."""
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(10**6)) for _ in range(30)) + packer.flush()
    server.pages["/a"] = web.answer(bomb, Content_Encoding="gzip")
    assert "larger than 1 MB" in refusal(fetcher(server, bytes=1024 * 1024), server.url("/a"))


def test_damaged_gzip(web, server, fetcher, refusal):
    """C29: what cannot be unpacked is no picture."""
    server.pages["/a"] = web.answer(b"no gzip", Content_Encoding="gzip")
    assert "damaged" in refusal(fetcher(server), server.url("/a"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_pixel_bomb(web, server, kind, fetcher, refusal):
    """C29: a few hundred bytes that say they are millions of pixels are not unfolded."""
    server.pages["/a"] = web.answer(web.picture(1200, 1200, kind))
    assert "1200 by 1200 pixels" in refusal(fetcher(server, pixels=1_000_000), server.url("/a"))


def test_pixel_bomb_beyond_pillow(web, server, fetcher, refusal):
    """C29: far beyond what Pillow itself lets pass."""
    png = bytearray(web.picture())
    png[16:24] = b"\x00\x01\x00\x00\x00\x01\x00\x00"  # 65,536 by 65,536
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    server.pages["/a"] = web.answer(bytes(png))
    assert "pixels" in refusal(fetcher(server), server.url("/a"))


def test_scan_bomb(web, server, fetcher, refusal):
    """C29: a progressive JPEG that would be gone over a thousand times."""
    jpeg = web.picture(200, 200, "JPEG", progressive=True)
    start = jpeg.rindex(b"\xff\xda")
    server.pages["/a"] = web.answer(jpeg[:start] + jpeg[start:-2] * 1000 + b"\xff\xd9")
    assert "too long to read" in refusal(fetcher(server), server.url("/a"))


@pytest.mark.parametrize("where", ["status", "headers", "body", "silence"])
def test_slow_server(web, server, where, fetcher, refusal):
    """C29: one byte now and then is no reason to wait: the time is for all of it."""
    first = {"status": b"HTTP/1.1 ", "headers": b"HTTP/1.1 200 OK\r\nA: ", "body": web.answer(Content_Length=None)}
    server.pages["/a"] = lambda: web.drip(first.get(where, b""), b"" if where == "silence" else b"1")
    # a fetch that waits for each byte anew would wait for ever
    assert refusal(fetcher(server, seconds=0.5), server.url("/a")) == "The other server took too long."


def test_slow_redirects(web, server, fetcher, refusal):
    """C29: the time is for all steps together."""
    server.pages["/a"] = lambda: (time.sleep(0.3), (yield web.redirect("/a")))
    assert refusal(fetcher(server, seconds=0.5), server.url("/a")) == "The other server took too long."
