"""International domains."""

import pytest
from bulk_mailing.core.addresses import BadAddress
from bulk_mailing.core.idn import ascii_address, needs_smtputf8, other_spelling

ADDRESSES = [
    ("ann@example.org", "ann@example.org"),
    ("ann@müller.de", "ann@xn--mller-kva.de"),
    ("ann@MÜLLER.de", "ann@xn--mller-kva.de"),
    ("ann@xn--mller-kva.de", "ann@xn--mller-kva.de"),
    ("jürgen@müller.de", "jürgen@xn--mller-kva.de"),
    ("jürgen@example.org", "jürgen@example.org"),
    ("ann@例え.jp", "ann@xn--r8jz45g.jp"),
]


@pytest.mark.parametrize("address, expected", ADDRESSES)
def test_ascii_address(address, expected):
    """Both spellings of an international domain are one address; the local part is the receiver's business."""
    assert ascii_address(address) == expected


@pytest.mark.parametrize("address", ["ann@mü ller.de", "ann@.ü", "ann@" + "ü" * 80 + ".de"])
def test_no_domain(address):
    """What no registry would take is told, not sent."""
    with pytest.raises(BadAddress):
        ascii_address(address)


def test_local_part_needs_smtputf8():
    """Only letters before the @ need SMTPUTF8."""
    assert needs_smtputf8("jürgen@xn--mller-kva.de")
    assert not needs_smtputf8("ann@xn--mller-kva.de")


OTHER_SPELLINGS = [
    ("ann@xn--mller-kva.de", "ann@müller.de"),
    ("ann@example.org", ""),
    ("ann@xn--mller-kva.xn--mller-kva.example.org", "ann@müller.müller.example.org"),
    ("ann@xn--.de", ""),  # no punycode
    ("ann@xn--abc-.de", ""),  # decodes to what is another domain
    ("xn--mller-kva", ""),
]


@pytest.mark.parametrize("address, expected", OTHER_SPELLINGS)
def test_other_spelling(address, expected):
    """Each international domain has one spelling for people, and nothing that does not lead back to it is one."""
    assert other_spelling(address) == expected
