"""The checks of a mailing's options, and what the others make of its parts."""

from dataclasses import replace

import pytest
from bulk_mailing.core.checks import run
from bulk_mailing.core.checks.body import empty_body
from bulk_mailing.core.checks.classic import option_lost_in_classic
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.personalize import placeholders_not_filled
from bulk_mailing.core.checks.text_version import text_out_of_date
from bulk_mailing.core.checks.unsubscribe_link import no_unsubscribe_link

LINK = '<a href="/unsubscribe_from_list">Leave</a>'
TEXT_ONLY = Draft(
    subject="News",
    email_from="ann@example.com",
    text="Hello\n/unsubscribe_from_list",
    body_format="text",
    recipient_count=3,
)


def codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    "option, field",
    [
        ({"body_format": "html"}, "body_format"),
        ({"body_format": "text", "text_source": "Hello"}, "body_format"),
        ({"text_source": ""}, "body_text"),
        ({"personalize": False}, "personalize"),
        ({"rate_per_minute": 60}, "rate_per_minute"),
        ({"embeds_pictures": True}, "embed_images"),
        ({"has_chosen_email_field": True}, "email_field_id"),
        ({}, None),
    ],
)
def test_option_lost_in_classic(option, field):
    """C25, C26, C30: what Odoo's own queue cannot do is an error there, and nothing on ours."""
    draft = replace(Draft(text="Hello", text_source="<p>Hello</p>", uses_queue=False), **option)
    assert [finding.field for finding in option_lost_in_classic(draft)] == ([field] if field else [])
    assert option_lost_in_classic(replace(draft, uses_queue=True)) == []


def test_placeholders_not_filled():
    """C26: not to personalise, and yet to ask for a name, is an error that names the placeholders."""
    draft = Draft(personalize=False, placeholders=("object.name", "object.city"))
    (finding,) = placeholders_not_filled(draft)
    assert str(finding.title) == "Personalise is off, but the text has placeholders: object.name, object.city"
    assert (finding.severity, finding.field) == ("error", "personalize")
    assert placeholders_not_filled(replace(draft, personalize=True)) == []
    assert placeholders_not_filled(replace(draft, placeholders=())) == []


def test_text_out_of_date():
    """C25: a text version that is older than the design's words is a warning."""
    assert codes(text_out_of_date(Draft(is_text_out_of_date=True))) == ["text_out_of_date"]
    assert text_out_of_date(Draft()) == []


@pytest.mark.parametrize(
    "text, source, expected",
    [
        ("", "", ["empty_text"]),
        (" \n/unsubscribe_from_list ... /view", "", ["empty_text"]),
        ("Hello", "", []),
        ("{{ object.name }}", "", []),
        ("Leave [1]\n\n[1] /unsubscribe_from_list", LINK, ["empty_text"]),
        ("x", '<img src="a.png"/>' + LINK, ["empty_text"]),
        ("x", '<img src="a.png" alt="Autumn sale"/>' + LINK, []),
        ("x", '<t t-out="object.name"></t>' + LINK, []),
        ("x", f"<p>Hello</p>{LINK}", []),
    ],
)
def test_empty_text(text, source, expected):
    """C25: of a mailing of text only, the text that leaves is looked at, and nothing else."""
    assert codes(empty_body(Draft(text=text, text_source=source, body_format="text"))) == expected


def test_good_parts():
    """C25: a good mailing of one part passes every check, those of the other part too."""
    assert run(TEXT_ONLY) == []
    html_only = replace(TEXT_ONLY, text="", html=f"<p>Hello</p>{LINK}", body_format="html")
    assert run(html_only) == []


@pytest.mark.parametrize("source, field", [("", "body_text"), ("<p>Hello</p>", "body_arch")])
def test_way_out_of_a_text(source, field):
    """C10: a text without a way out is mended where it was written."""
    (finding,) = no_unsubscribe_link(Draft(text="Hello", text_source=source, body_format="text"))
    assert (finding.code, finding.field) == ("no_unsubscribe_link_in_text", field)
