"""The checks about pictures."""

from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.pictures import uncopied_pictures
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
