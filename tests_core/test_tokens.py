"""Signatures, in and out of the subject of a mail."""

import pytest
from bulk_mailing.core import tokens
from bulk_mailing.core.content.links import unsubscribe_mailto

KEY = b"a secret of the database"


def test_signature_is_for_one_trace_and_one_use():
    """G26: a signature for one recipient or use is refused for any other."""
    signature = tokens.trace_signatures(KEY, "leave")(7)
    assert tokens.is_signature(KEY, "leave", 7, signature)
    assert tokens.is_signature(KEY, "leave", 7, signature.upper())
    assert not tokens.is_signature(KEY, "leave", 8, signature)
    assert not tokens.is_signature(KEY, "open", 7, signature)
    assert not tokens.is_signature(b"another", "leave", 7, signature)


@pytest.mark.parametrize("given", ["", "0" * 32, "é", "\udcff", "x" * 10_000])
def test_nonsense_is_no_signature(given):
    """Whatever a stranger sends is refused, without an error."""
    assert not tokens.is_signature(KEY, "leave", 7, given)


def test_subject_is_read_back():
    """G26: what the mailto writes is read again, also in capitals and with spaces around it."""
    mailto = unsubscribe_mailto("leave@example.org")
    values = {"recipient.trace_id": "7", "recipient.unsubscribe_signature": "ab" * 16}
    subject = mailto.fill(values).removeprefix("mailto:leave@example.org?subject=")
    for seen in (subject, subject.upper(), f"  {subject}\r\n"):
        assert tokens.read_unsubscribe_subject(seen) == (7, "ab" * 16)


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "unsubscribe",
        "Re: unsubscribe-7-" + "ab" * 16,
        "Automatic reply: unsubscribe-7-" + "ab" * 16,
        "unsubscribe-7-" + "ab" * 15,
        "unsubscribe-" + "9" * 40 + "-" + "ab" * 16,
        "unsubscribe-٧-" + "ab" * 16,
    ],
)
def test_other_subjects_ask_nothing(subject):
    """A reply, an automatic answer or a mangled subject is not a wish to leave."""
    assert tokens.read_unsubscribe_subject(subject) is None
