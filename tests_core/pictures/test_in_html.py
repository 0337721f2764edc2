"""Pictures in HTML, found and exchanged, and nothing else touched."""

import pytest
from bulk_mailing.core.pictures import picture_urls, with_pictures
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

A, B = "https://a.example/1.png", "https://b.example/?x=1&y=2"
NEW = {A: "/web/image/1", B: "/web/image/2?a=1&b=2"}

CASES = [
    (f'<img src="{A}">', (A,), '<img src="/web/image/1">'),
    (f"<IMG alt='x > y' SRC='{A}'/>", (A,), "<IMG alt='x > y' SRC=\"/web/image/1\"/>"),
    (f"<img src={A} width=1>", (A,), '<img src="/web/image/1" width=1>'),
    ('<img src="https://b.example/?x=1&amp;y=2">', (B,), '<img src="/web/image/2?a=1&amp;b=2">'),
    (f'<td background="{A}">', (A,), '<td background="/web/image/1">'),
    (
        f"<p style=\"color: red; background: url('{A}') no-repeat\">",
        (A,),
        '<p style="color: red; background: url(&#x27;/web/image/1&#x27;) no-repeat">',
    ),
    (f'<p style="background:url(&quot;{A}&quot;)">', (A,), '<p style="background:url(&quot;/web/image/1&quot;)">'),
    (f'<p style="background:url( {A} )">', (A,), '<p style="background:url( /web/image/1 )">'),
    (f'<!--[if mso]><v:fill src="{A}"/><![endif]-->', (A,), '<!--[if mso]><v:fill src="/web/image/1"/><![endif]-->'),
    (f'<img src="{A}?2"><img src="{A}">', (f"{A}?2", A), f'<img src="{A}?2"><img src="/web/image/1">'),
    # not pictures
    (f'<a href="{A}">{A}</a>', (), f'<a href="{A}">{A}</a>'),
    (f'<script src="{A}"></script><img data-src="{A}">', (), f'<script src="{A}"></script><img data-src="{A}">'),
    (f'<img t-att-src="{A}" alt="src={A}">', (), f'<img t-att-src="{A}" alt="src={A}">'),
    ("1 < 2 <img", (), "1 < 2 <img"),
]


@pytest.mark.parametrize("source, urls, changed", CASES)
def test_found_and_exchanged(source, urls, changed):
    """C29: each place where a picture may stand, and its near misses."""
    assert picture_urls(source) == urls
    assert with_pictures(source, NEW) == changed


def test_only_img():
    """C28: mail programs show embedded pictures in `img` only, so the others are left alone."""
    source = f'<td background="{A}"><p style="background:url({A})"><img src="{A}">'
    expected = f'<td background="{A}"><p style="background:url({A})"><img src="cid:1">'
    assert picture_urls(source, in_img_only=True) == (A,)
    assert with_pictures(source, {A: "cid:1"}, in_img_only=True) == expected


PIECES = [
    "<img ",
    "src=",
    '"',
    "'",
    ">",
    "<",
    "/",
    " ",
    A,
    "style=",
    "url(",
    ")",
    "<!--",
    "-->",
    "<td background=",
    "&amp;",
]


@given(lists(sampled_from(PIECES) | text(max_size=5), max_size=30).map("".join))
def test_nothing_else_changes(source):
    """C29: where no picture is exchanged, not a byte changes, whatever the HTML."""
    assert with_pictures(source, {}) == source
    assert A not in picture_urls(with_pictures(source, {A: "/web/image/1"}))


LONG = 100_000


@pytest.mark.parametrize(
    "source",
    [
        "<img " + "a" * LONG + ">",
        "<img " + " " * LONG + "src",
        "<img " + '"' * LONG,
        '<p style="' + "url(" * LONG + '">',
        '<p style="url(' + " " * LONG + '">',
        '<p style="url(a' + " " * LONG + '">',
        "<" * LONG,
        "<a '" * LONG,
    ],
)
def test_long_ones_take_no_time(source):
    """C29: no HTML keeps a server busy (in twice the length's square, each of these would take minutes)."""
    assert picture_urls(source) == ()
