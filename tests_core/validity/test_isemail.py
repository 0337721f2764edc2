"""The isEmail suite: 164 addresses that mail programs read differently."""

import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from bulk_mailing.core.validity import Reason, Status, domain_of, judge

DEFAULT = Path(__file__).parents[3] / "shared" / "corpora"
SUITE = Path(os.environ.get("BULK_MAILING_CORPORA", DEFAULT)) / "isemail" / "tests.xml"
REFUSED = {"ISEMAIL_ERR"}
ACCEPTED = {"ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"}


pytestmark = pytest.mark.skipif(
    not SUITE.exists(), reason=f"no {SUITE}: set BULK_MAILING_CORPORA to the folder with the test data"
)


def _cases():
    """Address and category; symbols for control characters become the characters."""
    if not SUITE.exists():
        return
    for test in ElementTree.parse(SUITE).iter("test"):
        symbols = test.findtext("address") or ""
        address = "".join(chr(ord(sign) - 0x2400) if 0x2400 <= ord(sign) < 0x2420 else sign for sign in symbols)
        yield address, test.findtext("category")


CASES = list(_cases())


def test_suite_is_whole():
    """Without the suite's cases, nothing below would be tried."""
    assert len(CASES) == 164


@pytest.mark.parametrize("address", [address for address, category in CASES if category in REFUSED])
def test_error_is_refused(address):
    """What breaks the grammar is no address, and the DNS is not asked about it."""
    assert judge(address).status is Status.INVALID
    assert judge(address).reason is Reason.SYNTAX
    assert not domain_of(address)


@pytest.mark.parametrize("address", [address for address, category in CASES if category in ACCEPTED])
def test_valid_is_accepted(address):
    """What the grammar allows is left to the DNS."""
    assert judge(address).reason is not Reason.SYNTAX
    assert domain_of(address) == address.rpartition("@")[2].lower()
