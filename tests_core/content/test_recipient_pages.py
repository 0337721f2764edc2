"""The recipient's own pages in a text that somebody wrote."""

import pytest
from bulk_mailing.core.content import Marks, Template
from bulk_mailing.core.content.links import mark_recipient_pages_in_text, mark_short_links_in_text

BASE = {"https://crm.example"}
CASES = [
    ("Leave: /unsubscribe_from_list", "Leave: OUT&1"),
    ("Leave (/unsubscribe_from_list).", "Leave (OUT&1)."),
    ("https://crm.example/unsubscribe_from_list /view", "OUT&1 VIEW"),
    ("https://other.example/view and/view ./view //view /viewer /view/2", None),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_recipient_pages(text, expected):
    """C10, C25: paths and addresses of ours become one's own; those of others stay."""
    marked = mark_recipient_pages_in_text(text, Marks(), BASE, Template(["OUT&1"]), Template(["VIEW"]))
    assert marked == (expected or text)


def test_short_links():
    """C25: a short link of ours names the recipient, and no other address does."""
    marks = Marks()
    text = "https://crm.example/r/abc. https://crm.example/r/abc/m/1 https://other.example/r/abc"
    found = marks.template(mark_short_links_in_text(text, marks, BASE))
    assert found.fill({"recipient.trace_id": "7"}) == text.replace("abc.", "abc/m/7.")
