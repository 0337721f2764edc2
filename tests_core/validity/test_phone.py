"""Telephone numbers of several countries."""

import pytest
from bulk_mailing.core.validity import Phone, read_phone

CASES = [
    ("06 12345678", "NL", Phone("+31612345678", True, True, "NL")),
    ("06-12345678", "nl", Phone("+31612345678", True, True, "NL")),
    ("020 624 1111", "NL", Phone("+31206241111", True, False, "NL")),
    ("+32 470 12 34 56", "NL", Phone("+32470123456", True, True, "BE")),
    ("0032470123456", "NL", Phone("+32470123456", True, True, "BE")),
    ("06 1234", "NL", Phone("+3161234", False, False, "NL")),
    ("call me", "NL", Phone()),
    ("06 12345678", "", Phone()),
    ("", "NL", Phone()),
]


@pytest.mark.parametrize("number, country, expected", CASES)
def test_read_phone(number, country, expected):
    """A number counts as one of the person's country unless it names another."""
    assert read_phone(number, country) == expected
