"""The domain that was meant, with few false alarms."""

import pytest
from bulk_mailing.core.validity.slips import one_slip
from bulk_mailing.core.validity.typos import NOT_TYPOS, PROVIDERS, suggest

MEANT = [
    ("gmial.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("gmaill.com", "gmail.com"),
    ("gmail.con", "gmail.com"),
    ("gmial.cmo", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gmail.nl", "gmail.com"),
    ("gmailcom", "gmail.com"),
    ("gmail", "gmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("hotmal.nl", "hotmail.nl"),
    ("hotmail.cm", "hotmail.com"),
    ("hotnail.co.uk", "hotmail.co.uk"),
    ("outlok.com", "outlook.com"),
    ("outlock.com", "outlook.com"),
    ("yhaoo.fr", "yahoo.fr"),
    ("icould.com", "icloud.com"),
    ("zigo.nl", "ziggo.nl"),
    ("ziggo.com", "ziggo.nl"),
    ("xs4al.nl", "xs4all.nl"),
    ("telnet.be", "telenet.be"),
    ("wanado.fr", "wanadoo.fr"),
    ("acme.con", "acme.com"),  # there is no such ending, so anybody's domain with it is mistyped
]

NOT_MEANT = [
    *("mail.com", "ymail.com", "email.com", "gmx.net", "me.com", "mac.com"),
    *("line.nl", "life.com", "five.nl", "hope.nl", "wet.de", "ail.com"),  # short words are near to each other
    *("hotmail.dk", "outlook.cz", "yahoo.ca", "yahoo.com.br"),  # endings that these providers have
    *(
        "example.org",
        "acme.co",
        "acme.cm",
        "gmaildemo.com",
        "gmail.example.com",
        "mailgun.com",
        "planning.nl",
        "homes.nl",
    ),
    *("plant.nl", "grange.fr", "libera.it", "protons.me", "solcom.nl"),  # words
    *("proton.ch", "protonn-fysica.nl", "kpn.com", "outlookers.nl", "hotmarket.com", "", "com"),
]


@pytest.mark.parametrize("typed, meant", MEANT)
def test_meant(typed, meant):
    """One slip away from a large provider."""
    assert suggest(typed) == meant


@pytest.mark.parametrize("domain", [*NOT_MEANT, *sorted(PROVIDERS | NOT_TYPOS)])
def test_not_meant(domain):
    """Somebody's own domain, however it looks."""
    assert suggest(domain) == ""


SLIPS = [
    ("gmial", "gmail", True),
    ("gmal", "gmail", True),
    ("gmaail", "gmail", True),
    ("gmaul", "gmail", True),
    ("mail", "gmail", True),
    ("gmai", "gmail", True),
    ("gmail", "gmail", False),
    ("gmila", "gmail", False),
    ("liamg", "gmail", False),
    ("gm", "gmail", False),
    ("", "g", True),
    ("ab", "ba", True),
    ("abc", "cba", False),
]


@pytest.mark.parametrize("typed, meant, expected", SLIPS)
def test_one_slip(typed, meant, expected):
    """Left out, put in, replaced or swapped, once."""
    assert one_slip(typed, meant) is expected
