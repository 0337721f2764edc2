"""What a person reads whose address is not taken."""

import pytest
from bulk_mailing.core.validity import DomainAnswer, judge, objection

MAIL, DEAD, SILENT = DomainAnswer.MAIL_SERVER, DomainAnswer.DOES_NOT_EXIST, DomainAnswer.NO_ANSWER

CASES = [
    ("ann@example.org", MAIL, None),
    ("ann@example.org", SILENT, None),  # the DNS is down: nobody is kept waiting for that
    ("ann@example.org", DomainAnswer.ADDRESS_ONLY, None),
    ("info@example.org", MAIL, None),
    (
        "ann@example.org",
        DEAD,
        "“ann@example.org” cannot get mail: “example.org” does not exist. Please look at it again.",
    ),
    (
        "ann@example.org",
        DomainAnswer.NULL_MX,
        "“ann@example.org” cannot get mail: “example.org” takes none. Please look at it again.",
    ),
    (
        "ann@gmial.com",
        DEAD,
        "“ann@gmial.com” cannot get mail: “gmial.com” does not exist. Did you mean ann@gmail.com?",
    ),
    ("ann@gmial.com", MAIL, "Did you mean ann@gmail.com? If “ann@gmial.com” is right, send it once more."),
    ("ann at home", SILENT, "“ann at home” is not a mail address. Please look at it again."),
    ("100%s@", SILENT, "“100%s@” is not a mail address. Please look at it again."),
    ("ann@gmail,com", SILENT, "“ann@gmail,com” is not a mail address. Did you mean ann@gmail.com?"),
]


@pytest.mark.parametrize("email, answer, expected", CASES)
def test_objection(email, answer, expected):
    """B7: a dead domain and a slip are told with what helps; silence of the DNS lets everybody pass."""
    said = objection(email, judge(email, answer))
    assert (said and str(said)) == expected


def test_confirmed():
    """Who sends a likely slip a second time means it; a domain that does not exist is never taken."""
    assert objection("ann@gmial.com", judge("ann@gmial.com", MAIL), is_confirmed=True) is None
    assert objection("ann@gmial.com", judge("ann@gmial.com", DEAD), is_confirmed=True)


@pytest.mark.parametrize("answer", [MAIL, DEAD])
@pytest.mark.parametrize("text", ["ann" * 10**6, "ann@" + "x" * 10**6, "ann@" + ("x" * 40 + ".") * 5 + "con"])
def test_long_text_is_told_in_short(text, answer):
    """Who types a megabyte reads the beginning of it, and is not sent it back."""
    said = str(objection(text, judge(text, answer)))
    assert text[:100] + "…" in said
    assert len(said) < 600
