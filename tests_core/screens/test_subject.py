"""Subjects in titles of dialogs."""

import pytest
from bulk_mailing.core.subject import in_words

NAMES = {"object.name": "Name", "object.partner_id.city": "City"}


@pytest.mark.parametrize(
    "subject, words",
    [
        ("Autumn news", "Autumn news"),
        ("News for {{ object.name }}", "News for [Name]"),
        ("{{object.name ||| you}} in {{ object.partner_id.city }}", "[Name] in [City]"),
        ("{{ ', '.join(object.tags) }}!", "[…]!"),
        ("Save {50%}", "Save {50%}"),
        ("", ""),
    ],
)
def test_in_words(subject, words):
    """C37: nobody reads a placeholder's code in the title of a dialog."""
    assert in_words(subject, lambda expression: NAMES.get(expression, "")) == words
