"""Each check with a bad example and a near miss."""

from pathlib import Path

import pytest
from bulk_mailing.core import checks
from bulk_mailing.core.checks import CHECKS, run
from bulk_mailing.core.checks.body import empty_body
from bulk_mailing.core.checks.draft import Draft
from bulk_mailing.core.checks.placeholders import unknown_placeholder
from bulk_mailing.core.checks.recipients import no_recipients
from bulk_mailing.core.checks.rendering import rendered_one_by_one
from bulk_mailing.core.checks.sender import no_valid_sender
from bulk_mailing.core.checks.server import no_server_for_sender
from bulk_mailing.core.checks.signature import unsigned_in_classic
from bulk_mailing.core.checks.size import MAX_KILOBYTES, body_too_large
from bulk_mailing.core.checks.style_sheet import unusable_style_sheet
from bulk_mailing.core.checks.subject import empty_subject
from bulk_mailing.core.checks.trial import ab_test_of_a_test
from bulk_mailing.core.checks.unsubscribe_link import no_unsubscribe_link
from bulk_mailing.core.finding import Severity
from bulk_mailing.core.spam import SpamScore
from bulk_mailing.core.text import Text

LINK = '<a href="/unsubscribe_from_list">Leave</a>'
GOOD = Draft(
    subject="Autumn news",
    email_from='"Ann" <ann@example.com>',
    html=f"<p>Hello</p>{LINK}",
    text="Hello\nLeave: /unsubscribe_from_list",
    recipient_count=3,
    html_size_bytes=4000,
)


def codes(findings):
    return [finding.code for finding in findings]


def test_nothing_to_say_about_a_good_draft():
    """C9: a good mailing passes every check."""
    assert run(GOOD) == []


def test_everything_to_say_about_an_empty_draft():
    """C9, C36: `run` gathers the findings in the order of the report."""
    found = codes(run(Draft()))
    assert found == ["no_recipients", "from_missing", "empty_subject", "empty_body"]


def test_every_check_is_in_the_list():
    """C9: no file of a check is forgotten."""
    files = {path.stem for path in Path(checks.__file__).parent.glob("*.py")}
    assert {check.__module__.rpartition(".")[2] for check in CHECKS} == files - {"__init__", "asked", "draft", "html"}


@pytest.mark.parametrize("check", CHECKS)
def test_findings_explain_themselves(check):
    """C35: every finding has a title, an explanation and a remedy in words."""
    bad = Draft(
        html="<!-- nothing -->",
        text="x",
        email_from="ann@example.com",
        unknown_placeholders=("object.x",),
        has_server_for_from=False,
        html_size_bytes=10**6,
        signing_domain="example.com",
        uses_queue=False,
        everybody_in="Contact",
        embeds_pictures=True,
        linked_pictures=("https://example.org/b.png",),
        message_size_bytes=10**7,
        spam=SpamScore(7.0),
        uncopied_pictures=(("https://example.org/a.png", Text("gone.")),),
        is_text_out_of_date=True,
        personalize=False,
        placeholders=("object.name",),
    )
    for finding in [*check(bad), *check(Draft(email_from="ann", excluded_count=2))]:
        assert all((str(finding.title), str(finding.explanation), str(finding.remedy)))
        assert "%(" not in f"{finding.title}{finding.explanation}{finding.remedy}"


@pytest.mark.parametrize(
    "html, text, expected",
    [
        ("<p>Hello</p>", "", ["no_unsubscribe_link"]),
        (LINK, "Hello", ["no_unsubscribe_link_in_text"]),
        ("<p>Hello</p>", "Hello", ["no_unsubscribe_link"]),  # mended with one link
        ("", "Hello", ["no_unsubscribe_link_in_text"]),
        (f"<p>Hello</p><!-- {LINK} -->", "", ["no_unsubscribe_link"]),
        ("<p>Go to /unsubscribe_from_list</p>", "", ["no_unsubscribe_link"]),  # words, not a link
        ('<a href="/unsubscribe_from_list"></a>', "", ["no_unsubscribe_link"]),  # nothing to click on
        ('<a href="/unsubscribe_from_list">  \n </a>', "", ["no_unsubscribe_link"]),
        ('<a href="https://example.com/unsubscribe">Leave</a>', "", ["no_unsubscribe_link"]),  # not ours: does nothing
        (LINK, "Leave: /unsubscribe_from_list", []),
        ('<a href="https://us.example/unsubscribe_from_list"><b>Stop</b></a>', "", []),
        ('<a href="/unsubscribe_from_list"><img src="x.png" alt="Leave"/></a>', "", []),
        ('<A HREF="/unsubscribe_from_list">Leave</A>', "", []),
        ("", "", []),  # an empty body is another check's business
    ],
)
def test_no_unsubscribe_link(html, text, expected):
    """C10, A21, G21: a link to leave in the HTML and in the text, visible and clickable."""
    assert codes(no_unsubscribe_link(Draft(html=html, text=text))) == expected


@pytest.mark.parametrize(
    "email_from, expected",
    [
        ("", ["from_missing"]),
        ("   ", ["from_missing"]),
        ("ann", ["from_invalid"]),
        ("ann@", ["from_invalid"]),
        ("@example.com", ["from_invalid"]),
        ("ann@localhost", ["from_invalid"]),
        ("ann@example..com", ["from_invalid"]),
        ("ann visser@example.com", ["from_invalid"]),
        ("ann@example.com, bob@example.com", ["from_invalid"]),
        ("ann@example.com\r\nBcc: all@example.com", ["from_invalid"]),
        ("ann@-example.com", ["from_invalid"]),
        ("ann@10.0.0.1", ["from_invalid"]),
        (".ann@example.com", ["from_invalid"]),
        ("{{ object.email }}", ["from_invalid"]),
        ("ann@example.com", []),
        ('"Visser, Ann" <ann@example.com>', []),
        ("Ann Visser <ann+news@mail.example.co.uk>", []),
        ("Jürgen <jürgen@müller.example>", []),
        ("o'brien@example.com", []),
        (f"{'a' * 64}@example.com", []),
        (f"{'a' * 65}@example.com", ["from_invalid"]),
    ],
)
def test_no_valid_sender(email_from, expected):
    """A4, C35: the From is one complete address."""
    assert codes(no_valid_sender(Draft(email_from=email_from))) == expected


@pytest.mark.parametrize(
    "subject, expected",
    [("", ["empty_subject"]), (" \t\u00a0", ["empty_subject"]), ("x", []), ("{{ object.name }}", [])],
)
def test_empty_subject(subject, expected):
    """A31, G36: a subject of nothing but spaces is none."""
    assert codes(empty_subject(Draft(subject=subject))) == expected


@pytest.mark.parametrize(
    "html, expected",
    [
        ("", ["empty_body"]),
        ("<p><br/></p>", ["empty_body"]),
        ("<div>\u00a0&nbsp;</div>", ["empty_body"]),
        ("<style>p { color: red }</style><!-- words -->", ["empty_body"]),
        ('<p><a href="/unsubscribe_from_list">Unsubscribe</a> | <a href="/view">View</a></p>', ["empty_body"]),
        ('<p>x</p><a href="/unsubscribe_from_list">Unsubscribe</a>', []),
        ('<p><a href="https://example.org/">Shop</a></p>', []),
        ("<p>x</p>", []),
        ('<img src="x.png"/>', []),
        ('<t t-out="object.name"/>', []),
        ("<p>unclosed", []),
    ],
)
def test_empty_body(html, expected):
    """C35: a body is empty when there is nothing to see in it."""
    assert codes(empty_body(Draft(html=html))) == expected


@pytest.mark.parametrize(
    "recipients, excluded, expected", [(0, 0, ["no_recipients"]), (0, 5, ["no_recipients"]), (1, 0, []), (1, 9, [])]
)
def test_no_recipients(recipients, excluded, expected):
    """C9: at least one person gets it."""
    assert codes(no_recipients(Draft(recipient_count=recipients, excluded_count=excluded))) == expected


def test_no_recipients_tells_why():
    """C35: that everybody was excluded is said, with the number."""
    assert "5 people" in str(no_recipients(Draft(excluded_count=5))[0].explanation)


def test_unknown_placeholder():
    """C26: each placeholder that does not exist is named."""
    assert unknown_placeholder(Draft()) == []
    found = unknown_placeholder(Draft(unknown_placeholders=("object.nickname", "first_name")))
    assert [finding.title.values["placeholder"] for finding in found] == ["object.nickname", "first_name"]


@pytest.mark.parametrize(
    "email_from, has_server, expected",
    [
        ("ann@example.com", False, ["no_server_for_from"]),
        ("ann@example.com", True, []),
        ("", False, []),  # a missing From is another check's business
        ("no-address", False, []),
    ],
)
def test_no_server_for_sender(email_from, has_server, expected):
    """A29, G35: mail leaves under its own From."""
    assert codes(no_server_for_sender(Draft(email_from=email_from, has_server_for_from=has_server))) == expected


@pytest.mark.parametrize("size, expected", [(MAX_KILOBYTES * 1024 + 1, ["body_too_large"]), (MAX_KILOBYTES * 1024, [])])
def test_body_too_large(size, expected):
    """C35: what Gmail would clip is a warning, not an error."""
    found = body_too_large(Draft(html_size_bytes=size))
    assert codes(found) == expected
    assert all(finding.severity is Severity.WARNING for finding in found)


@pytest.mark.parametrize(
    "signing_domain, uses_queue, expected",
    [
        ("example.com", False, ["unsigned_in_classic"]),
        ("example.com", True, []),
        ("", False, []),
    ],
)
def test_unsigned_in_classic(signing_domain, uses_queue, expected):
    """Odoo's own queue signs nothing: an error where there is a key for the sender."""
    assert codes(unsigned_in_classic(Draft(signing_domain=signing_domain, uses_queue=uses_queue))) == expected


@pytest.mark.parametrize(
    "more, expected",
    [
        ({"obstacle_to_compiling": Text("the body uses a loop")}, ["rendered_one_by_one"]),
        ({"obstacle_to_compiling": Text("x"), "uses_queue": False}, []),  # Odoo renders all of its own mail like that
        ({"obstacle_to_compiling": Text("x"), "unknown_placeholders": ("object.x",)}, []),  # an error of its own
        ({}, []),
    ],
)
def test_rendered_one_by_one(more, expected):
    """C26: what only Odoo can render is a hint with its reason: it is slower, not wrong."""
    found = rendered_one_by_one(Draft(**{"uses_queue": True, **more}))
    assert codes(found) == expected
    assert all(finding.severity is Severity.INFO and "loop" in str(finding.explanation) for finding in found)


def test_unusable_style_sheet():
    """A style sheet that cannot be used is a warning: the mailing goes without it."""
    assert codes(unusable_style_sheet(Draft(has_usable_styles=False))) == ["unusable_style_sheet"]
    assert unusable_style_sheet(Draft()) == []


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"is_test_send": True, "is_ab_test": True}, ["test_in_ab_test"]),
        ({"is_test_send": True}, []),
        ({"is_ab_test": True}, []),
    ],
)
def test_ab_test_of_a_test(values, expected):
    """C27: a test sending is no A/B test."""
    assert codes(ab_test_of_a_test(Draft(**values))) == expected
