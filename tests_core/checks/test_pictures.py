"""The checks about pictures."""

import pytest
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.embedding import pictures_stay_linked
from bulk_mailing.core.checks.pictures import uncopied_pictures
from bulk_mailing.core.checks.size import message_too_large
from bulk_mailing.core.finding import Severity
from bulk_mailing.core.text import Text


def test_uncopied_pictures():
    """C29: pictures that stay elsewhere are one warning, which counts them and gives the first one's reason."""
    two = (
        ("https://a.example/1.png", Text("It is gone (%(status)d).", {"status": 404})),
        ("https://b.example/", Text("x")),
    )
    [finding] = uncopied_pictures(Draft(uncopied_pictures=two))
    assert (finding.code, finding.severity) == ("uncopied_pictures", Severity.WARNING)
    assert str(finding.explanation) == "Still elsewhere: 2. The first is https://a.example/1.png: It is gone (404)."
    assert uncopied_pictures(Draft()) == []


def test_text_survives_json():
    """C35: a sentence within a sentence is kept with its values apart."""
    text = Text("Because %(reason)s", {"reason": Text("%(count)d of them", {"count": 2})})
    assert Text.from_data(text.to_data()) == text


def test_pictures_stay_linked():
    """C28: which pictures do not go along is a hint, with the first of them."""
    [finding] = pictures_stay_linked(Draft(linked_pictures=("https://a.example/1.png", "https://b.example/")))
    assert (finding.code, finding.severity) == ("pictures_stay_linked", Severity.INFO)
    assert str(finding.explanation) == "Loaded when the mail is opened: 2. The first is https://a.example/1.png."
    assert pictures_stay_linked(Draft()) == []
    assert pictures_stay_linked(Draft(linked_pictures=("a",), uses_queue=False)) == []  # an error of its own


@pytest.mark.parametrize(
    "size, severity",
    [
        (2 * 1024**2, None),
        (2 * 1024**2 + 1, Severity.WARNING),
        (20 * 1024**2, Severity.WARNING),
        (20 * 1024**2 + 1, Severity.ERROR),
    ],
)
def test_message_too_large(size, severity):
    """C28, C35: heavy mails are a warning with what they come to, and what most servers refuse is an error."""
    found = message_too_large(Draft(message_size_bytes=size, recipient_count=1000))
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    if size == 20 * 1024**2:
        assert "it is 20 MB, for 1000 recipients 20000 MB together" in str(found[0].explanation)
