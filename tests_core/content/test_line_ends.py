"""What becomes of the line ends of a body that is laid out around its conditions."""

import pytest
from bulk_mailing.core.content import TRUTH, parse

LINE_ENDS = [
    ('Dear\n <t t-if="object.a">A</t>, hi', {"b"}, "Dear, hi"),
    ('Dear\n <t t-if="object.a">A</t>, hi', {"a"}, "Dear\n A, hi"),
    ('Dear\n <t t-if="object.a">A</t><b t-else="">B</b>', {"b"}, "Dear\n <b>B</b>"),
    ('Dear\n <t t-if="object.a">\n  A\n </t>, hi', {"a"}, "Dear\n  A, hi"),
    ('Dear\n <t t-if="object.a"> A\n <t t-if="object.b">B</t></t>, hi', {"a"}, "Dear\n  A, hi"),
    ('Dear\n <t t-if="object.a"/><t t-elif="object.b"><b></b>\n</t>, hi', {"b"}, "Dear\n <b></b>, hi"),
    ('Dear\n <t t-if="object.a"/>, hi', {"a"}, "Dear, hi"),
    ('<b></b>\n <t t-if="object.a" t-out="object.n">\n</t>, hi', {"a"}, "<b></b>\n, hi"),
    ('Dear <t t-if="object.a">A</t>, hi', {"b"}, "Dear , hi"),
]


@pytest.mark.parametrize("source, true, expected", LINE_ENDS)
def test_line_ends(source, true, expected):
    """C26: a line end before a condition goes where QWeb has it go: with what it indents, or nowhere."""
    values = {f"{TRUTH}object.{name}": name in true for name in "ab"}
    assert parse(source).fill_html(values) == expected
