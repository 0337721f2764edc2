"""Style sheets of a body's own."""

import logging
import socket

import pytest
from bulk_mailing.adapters.css import BadStyleSheet, Inlined, PremailerInliner

inline = PremailerInliner().inline


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("the network is asked for")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_rules_become_attributes():
    """A style sheet is in the elements afterwards, and what an element says itself wins."""
    found = inline('<style>p { color: red } .b { margin: 0 }</style><p class="b">x</p><p style="color: blue">y</p>')
    assert found == Inlined('<p class="b" style="color:red; margin:0">x</p><p style="color:blue">y</p>')


def test_media_queries_stay_a_style_sheet():
    """What no attribute can say is kept: other media, and what happens under the mouse."""
    found = inline("<style>a:hover { color: red } @media (max-width: 9px) { p { color: red } }</style><p>x</p>")
    assert found.html == "<p>x</p>"
    assert "a:hover" in found.styles
    assert "@media (max-width: 9px)" in found.styles
    assert "!important" in found.styles  # or the attributes would win
    assert inline('<style media="print">p { color: red }</style><p>x</p>').styles == "@media print {p { color: red }}"


@pytest.mark.parametrize(
    "asked",
    [
        '<link rel="stylesheet" href="http://198.51.100.1/a.css">',
        "<style>@import url(http://198.51.100.1/a.css);</style>",
        "<style>@\\69mport 'http://198.51.100.1/a.css';</style>",
        "<style>@font-face { src: url(http://198.51.100.1/a.woff) }</style>",
        "<style>p { background: url(http://198.51.100.1/a.png) }</style>",
        '<style>@import "file:///etc/passwd"; p { color: red }</style>',
    ],
)
def test_nothing_is_fetched(asked):
    """Nobody's server is asked when a mailing is made, and no file is read."""
    found = inline(f"{asked}<style>b {{ color: red }}</style><p>x <b>y</b></p>")
    assert '<b style="color:red">y</b></p>' in found.html
    assert "root:" not in found.html + found.styles


@pytest.mark.parametrize(
    "body",
    [
        '<p><t t-out="object.name">you</t></p>',
        '<t t-if="object.a &gt; 1"><p>x</p></t><t t-else=""><p>y</p></t>',
        '<a href="/unsubscribe_from_list">x</a>',
        '<a t-attf-href="/x/{{object.id}}?a=1&amp;b=2">x</a>',
        '<a href="https://example.org/?a=%7Bx%7D&amp;b=2">x</a>',
        "<p>{{ object.name }}</p>",
        "<!--[if mso]><table><tr><td><![endif]--><p>x</p>",
    ],
)
def test_placeholders_are_unharmed(body):
    """What is filled in or rewritten later is found as it was."""
    assert inline(f"<style>i {{ color: red }}</style>{body}").html == body


def test_without_style_sheet():
    """HTML without a style sheet of its own is not touched at all."""
    for body in ("<P>x<br>y & z", "<!-- <style> --><P>x", ""):
        assert inline(body) == Inlined(body)


@pytest.mark.parametrize("styles", ["p[ { color: red }", "p >> b { color: red }", "{ color: red }", "}}"])
def test_broken_rules(styles):
    """A rule that nobody understands is left out."""
    assert inline(f"<style>{styles} b {{ color: red }}</style><p>x</p>").html == "<p>x</p>"


def test_bad_style_sheet():
    """A style sheet that cannot be used is refused as such; no other error comes out."""
    with pytest.raises(BadStyleSheet, match="nth-child"):
        inline("<style>p:nth-child { color: red }</style><p>x</p>")


def test_nobody_is_told(caplog, capsys):
    """Odd properties and broken rules are no news for the log."""
    caplog.set_level(logging.DEBUG)
    inline("<style>p { mso-line-height-rule: exactly; color: ; } @foo {} } p {</style><p>x</p>")
    assert not caplog.records
    assert capsys.readouterr().err == ""


def test_no_way_out_of_the_style_element():
    """A style sheet cannot end the element that it is put into."""
    found = inline('<style>a:hover { content: "\\3c/style>\\3cscript>" }</style><p>x</p>')
    assert "<" not in found.styles
