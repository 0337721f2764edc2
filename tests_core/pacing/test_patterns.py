"""Names and patterns of domains and mail servers."""

import pytest
from bulk_mailing.core.addresses import BadAddress
from bulk_mailing.core.pacing.patterns import first_match, matches, names

NAMES = [
    ("Gmail.com\ngooglemail.com", ("gmail.com", "googlemail.com")),
    ("*.Google.com., gmail.com gmail.com", ("*.google.com", "gmail.com")),
    ("müller.de", ("xn--mller-kva.de",)),
    ("*", ("*",)),
    ("", ()),
    (None, ()),
]


@pytest.mark.parametrize("text, expected", NAMES)
def test_names(text, expected):
    """One a line, or as people write lists: each once, as they go over the wire."""
    assert names(text) == expected


@pytest.mark.parametrize("text", ["gmail", "*gmail.com", "mail.*.com", "ann@gmail.com", "a b.com,-"])
def test_what_is_none(text):
    """A name without a dot, a star in the middle or an address is a mistake."""
    with pytest.raises(BadAddress):
        names(text)


MATCHES = [
    ("gmail.com", "gmail.com", True),
    ("gmail.com", "mail.gmail.com", False),
    ("*.google.com", "aspmx.l.google.com", True),
    ("*.google.com", "google.com", False),
    ("*.google.com", "notgoogle.com", False),
    ("*", "example.org", True),
]


@pytest.mark.parametrize("pattern, name, expected", MATCHES)
def test_matches(pattern, name, expected):
    """A star stands for the beginning of a name, with its dot."""
    assert matches(pattern, name) is expected


OWNERS = [
    (1, ("*.olc.protection.outlook.com",)),
    (2, ("*.protection.outlook.com",)),
    (3, ("*.google.com", "*.googlemail.com")),
]

FIRST = [
    (["hotmail-com.olc.protection.outlook.com"], 1),
    (["example-org.mail.protection.outlook.com"], 2),
    (["filter.example.net", "aspmx.l.google.com"], 3),
    (["aspmx.l.google.com", "x.protection.outlook.com"], 3),
    (["mx.example.net"], None),
    ([], None),
]


@pytest.mark.parametrize("hosts, owner", FIRST)
def test_first_match(hosts, owner):
    """The preferred server that somebody knows decides; of providers, the one that stands first."""
    assert first_match(hosts, OWNERS) == owner
