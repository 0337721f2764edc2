"""Web addresses in plain text: found without the sentence around them, and replaced without touching the rest."""

import pytest
from bulk_mailing.core.content import web_addresses, with_addresses
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    ("See https://x.example/news.", ["https://x.example/news"]),
    ("(https://x.example/a) and https://x.example/b_(c)", ["https://x.example/a", "https://x.example/b_(c)"]),
    ("<http://x.example?a=1&b=2>, HTTPS://X.example!", ["http://x.example?a=1&b=2", "HTTPS://X.example"]),
    ("twice https://x.example, https://x.example", ["https://x.example"]),
    ("https://x.example/?n={{ object.name }} https://x.example/{{object.id}}/y", []),
    ("{{ object.website ||| https://x.example }}", []),
    ("http://[ and https:// and ftp://x.example and www.x.example", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_web_addresses(text, expected):
    """C25: an address ends where a reader sees its end; one that differs between recipients is nobody's."""
    assert web_addresses(text) == expected


def test_longer_addresses_stay_whole():
    """C25: an address that another one begins with is not replaced inside that."""
    text = "https://x.example/a https://x.example/a/b, https://x.example/a."
    replaced = with_addresses(text, {"https://x.example/a": "SHORT"})
    assert replaced == "SHORT https://x.example/a/b, SHORT."


@given(st.text(st.characters() | st.sampled_from(list("{}(): /.")), max_size=60))
def test_nothing_else_is_touched(text):
    """C25: whatever somebody writes, with no address to replace it stays as it is."""
    text = text.replace(" ", " https://x.example/a ")
    assert with_addresses(text, {}) == text
    assert with_addresses(text, {address: address for address in web_addresses(text)}) == text
