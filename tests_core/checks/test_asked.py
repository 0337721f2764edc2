"""What a message asks for."""

import pytest
from bulk_mailing.core.checks.asked import asked


@pytest.mark.parametrize(
    "html, expected",
    [
        ('<t t-out="object.name"/>', ("object.name",)),
        ("<t t-out=\"object.partner_id.city or 'here'\">x</t>", ("object.partner_id.city",)),
        ('<t t-out="object.name"/><b t-out="object.name"/>', ("object.name",)),
        ('<a t-att-href="object.website">x</a>', ("object.website",)),
        ('<a t-attf-href="https://x/{{ object.id }}/#{object.ref}">x</a>', ("object.id", "object.ref")),
        (
            '<t t-foreach="object.line_ids" t-as="line"><t t-out="line.name"/><t t-out="line_index"/></t>',
            ("object.line_ids",),
        ),
        ('<t t-set="who" t-value="object.name"/><t t-out="who"/>', ("object.name",)),
        ('<t t-out="len(object.child_ids)"/>', ("object.child_ids",)),
        ('<t t-out="[c.name for c in object.child_ids]"/>', ("object.child_ids",)),
        ('<t t-out="object.get_url()"/>', ("object.get_url",)),
        ('<t t-out="object.name.upper()"/>', ("object.name.upper",)),
        ('<t t-out="object."/>', ("object.",)),
        ("<p>{{ object.name }}</p>", ()),  # braces are plain words in a body
        ('<!-- <t t-out="object.nope"/> -->', ()),
        ("<p>no placeholder</p>", ()),
    ],
)
def test_asked_in_body(html, expected):
    """C26: every placeholder of the body is found, and nothing else."""
    assert asked(html) == expected


@pytest.mark.parametrize(
    "template, expected",
    [
        ("Hello {{ object.name }}", ("object.name",)),
        ("Hello {{ object.name or 'friend' }}!", ("object.name",)),
        ("Hello {{ object.name ||| dear friend }}!", ("object.name",)),
        ("Hello {{ first_name }}", ("first_name",)),
        ("{{ object.a }} {{ object.b }}", ("object.a", "object.b")),
        ("Hello {{ object name }}", ("object name",)),
        ("Hello { object.name }", ()),
        ("", ()),
    ],
)
def test_asked_in_subject(template, expected):
    """C26: every placeholder of the subject and the preview is found."""
    assert asked("", template) == expected
