"""An approval holds for what was asked for."""

import pytest

from core.request import changed, fingerprint, has_grown, in_words, own_files

ASKED = {"content": {"subject": "News", "body": "<p>Hello</p>"}, "audience": {"lists": [3, 5]}}


@pytest.mark.parametrize(
    "now, parts",
    [
        (ASKED, ()),
        ({"audience": {"lists": [3, 5]}, "content": {"body": "<p>Hello</p>", "subject": "News"}}, ()),
        ({**ASKED, "content": {"subject": "News", "body": "<p>Hello </p>"}}, ("content",)),
        ({**ASKED, "audience": {"lists": [3]}}, ("audience",)),
        ({**ASKED, "audience": {"lists": [3, 5], "domain": "[]"}}, ("audience",)),
        ({**ASKED, "when": {"at": "2026-12-01"}}, ("when",)),
        ({}, ("content", "audience")),
    ],
)
def test_changed(now, parts):
    """C15: every other value shows, the order of them does not."""
    assert changed(fingerprint(ASKED), fingerprint(now)) == parts


@pytest.mark.parametrize(
    "asked, now, percent, grown",
    [(100, 110, 10, False), (100, 111, 10, True), (0, 1, 10, True), (0, 0, 0, False), (50, 20, 0, False)],
)
def test_has_grown(asked, now, percent, grown):
    """C15: an audience that has grown by more than the share warns."""
    assert has_grown(asked, now, percent) is grown


def test_in_words():
    """C15: what has changed has a name, also a part that is new."""
    assert str(in_words("when")) == "the time"
    assert str(in_words("series")) == "the options"


def test_own_files():
    """C15: the pictures of a body are found, others than ours are not."""
    html = (
        '<img src="/web/image/12-abc/x.png"><img src="https://example.org/a/1.png"><a href="/web/content/7?download=1">'
    )
    assert own_files(html) == {7, 12}
