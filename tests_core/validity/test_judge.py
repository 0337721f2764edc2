"""What becomes of an address, by the DNS's answer about its domain."""

import pytest
from bulk_mailing.core.validity import SENTENCES, DomainAnswer, Reason, Status, Validity, domain_of, judge
from bulk_mailing.core.validity.typos import suggest

MAIL = DomainAnswer.MAIL_SERVER
DEAD = DomainAnswer.DOES_NOT_EXIST
SILENT = DomainAnswer.NO_ANSWER

CASES = [
    ("ann@example.org", MAIL, Validity(Status.VALID)),
    ("ann@example.org", DEAD, Validity(Status.INVALID, Reason.NO_DOMAIN)),
    ("ann@example.org", DomainAnswer.NULL_MX, Validity(Status.INVALID, Reason.NO_MAIL)),
    ("ann@example.org", DomainAnswer.NO_SERVER, Validity(Status.INVALID, Reason.NO_SERVER)),
    ("ann@example.org", DomainAnswer.ADDRESS_ONLY, Validity(Status.RISKY, Reason.ADDRESS_ONLY)),
    ("ann@example.org", SILENT, Validity(Status.UNKNOWN, Reason.NO_ANSWER)),
    ("josé@müller.de", MAIL, Validity(Status.VALID)),
    ("ann@mailinator.com", MAIL, Validity(Status.RISKY, Reason.DISPOSABLE)),
    ("ann@eu.mailinator.com", MAIL, Validity(Status.RISKY, Reason.DISPOSABLE)),
    ("ann@notmailinator.example", MAIL, Validity(Status.VALID)),
    ("info@example.org", MAIL, Validity(Status.RISKY, Reason.ROLE)),
    ("No-Reply+42@example.org", MAIL, Validity(Status.RISKY, Reason.ROLE)),
    ("infolina@example.org", MAIL, Validity(Status.VALID)),
    # the typo's domain is mostly somebody's who waits for such mail
    ("ann@gmial.com", MAIL, Validity(Status.RISKY, Reason.TYPO, "ann@gmail.com")),
    ("ann@gmial.com", DEAD, Validity(Status.INVALID, Reason.NO_DOMAIN, "ann@gmail.com")),
    ("ann@gmial.com", SILENT, Validity(Status.RISKY, Reason.TYPO, "ann@gmail.com")),
    ("Ann.Lee@gmail,com", SILENT, Validity(Status.INVALID, Reason.SYNTAX, "Ann.Lee@gmail.com")),
    ("ann@gmial,com", SILENT, Validity(Status.INVALID, Reason.SYNTAX, "ann@gmail.com")),
    (" <ann @example.org>", SILENT, Validity(Status.INVALID, Reason.SYNTAX, "ann@example.org")),
    ("mailto:ann@example..org.", SILENT, Validity(Status.INVALID, Reason.SYNTAX, "ann@example.org")),
    ("ann", SILENT, Validity(Status.INVALID, Reason.SYNTAX)),
    ("", SILENT, Validity(Status.INVALID, Reason.SYNTAX)),
    ("ann@[192.0.2.1]", MAIL, Validity(Status.INVALID, Reason.SYNTAX)),
    ("x" * 65 + "@example.org", MAIL, Validity(Status.INVALID, Reason.SYNTAX)),
    ("x" * 64 + "@" + ("y" * 46 + ".") * 4 + "a", MAIL, Validity(Status.VALID)),  # 254, as long as one may be
    (" " * 400 + "ann@example.org", MAIL, Validity(Status.INVALID, Reason.SYNTAX)),
]


@pytest.mark.parametrize("address, answer, expected", CASES)
def test_verdict(address, answer, expected):
    """A18, B7: no answer makes nobody invalid; a dead domain does."""
    assert judge(address, answer) == expected


def test_familiar_domain():
    """A domain that does not exist is compared with those that many have here; one that exists is not."""
    assert judge("ann@exmple.org", DEAD, ["example.net", "example.org"]).suggestion == "ann@example.org"
    assert judge("ann@exmple.org", MAIL, ["example.org"]) == Validity(Status.VALID)
    assert not judge("ann@other.org", DEAD, ["example.org"]).suggestion
    assert judge("ann@plant.nl", DEAD).suggestion == "ann@planet.nl"
    assert judge("ann@plant.nl", MAIL) == Validity(Status.VALID)


def test_megabytes_leave_nothing_behind():
    """Who sends long texts to a form, other letters each time, does not fill the server's memory with them."""
    before = suggest.cache_info().currsize
    for letter in "abc":
        for text in (
            f"ann@{letter * 10**6}",
            f"ann@{letter * 10**6},com",
            letter * 10**6,
            f"<{letter * 321}@gmail,com>",
        ):
            assert judge(text) == Validity(Status.INVALID, Reason.SYNTAX)
            assert not domain_of(text)
    assert suggest.cache_info().currsize == before


def test_domain_of():
    """The DNS is asked in its own letters."""
    assert domain_of("Ann@Müller.DE") == "xn--mller-kva.de"
    assert domain_of("ann at example.org") == ""


def test_every_reason_has_a_sentence():
    """What people read is made in one place."""
    assert set(SENTENCES) == set(Reason)
