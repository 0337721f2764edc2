"""Signed mail that is hard to carry: as a receiver verifies it after a sender process and a real connection had it."""

from types import SimpleNamespace

import pytest
from bulk_mailing.tests import opendkim
from bulk_mailing.tests.dkim_receiver import holds, published, signatures

RECORDS = "SELECT substr(key, 14), value FROM ir_config_parameter WHERE key LIKE 'failures.dns.%%' ORDER BY id"
FORGED_FROM = b"From: Somebody Else <else@signed.example>\r\n"


@pytest.fixture(scope="module")
def keys(standing):
    """What is published in DNS."""
    return [SimpleNamespace(dns_name=name, dns_value=value) for name, value in standing.sql(RECORDS)]


@pytest.fixture(scope="module")
def mails(standing):
    """Dots at the beginning of lines, white space, lines of thousands of letters, many scripts: three mails of it."""
    flight = standing.flight("signed")
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
    return [mail.content for mail in flight.server.messages]


def test_both_signatures_hold(mails, keys):
    """RSA and Ed25519, for each recipient."""
    assert len(keys) == 2
    for content in mails:
        assert signatures(content) == 2
        assert holds(content, keys, 0)
        assert holds(content, keys, 1)


@pytest.mark.parametrize("number", [0, 1])
def test_changed_on_the_way(mails, keys, number):
    """Another body, another subject, a second From: neither signature holds."""
    content = mails[0]
    changed = [content.replace(b"Unsubscribe", b"Subscribe", 1), content.replace(b"Subject: ", b"Subject: Old ", 1)]
    assert content not in changed
    for forged in (*changed, FORGED_FROM + content):
        assert not holds(forged, keys, number)


@pytest.mark.skipif(not opendkim.PROGRAM, reason="OpenDKIM is not installed: sudo apt-get install opendkim")
def test_before_opendkim(mails, keys):
    """The filter of many receivers says pass, twice."""
    for content in mails:
        found = opendkim.verdicts(content, published(keys))
        assert found == [("rsa-sha256", "pass"), ("ed25519-sha256", "pass")]
