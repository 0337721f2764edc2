"""Which placeholders are understood, and which are left to Odoo."""

import pytest
from bulk_mailing.core.content import Hole, Marks, NotCompilable, Template, parse, parse_inline, without_marks
from hypothesis import given, settings
from hypothesis import strategies as st

UNDERSTOOD = [
    ("<p>Hi</p>", ("<p>Hi</p>",)),
    ('<p>Hi <t t-out="object.name"/>!</p>', ("<p>Hi ", Hole("object.name"), "!</p>")),
    ('<p><t t-out="object.name">you</t></p>', ("<p>", Hole("object.name", "you"), "</p>")),
    ("<p><t t-out=\"object.name or 'you'\">x</t></p>", ("<p>", Hole("object.name", "you"), "</p>")),
    ('<b t-out="object.partner_id.name">x</b>', ("<b>", Hole("object.partner_id.name", "x"), "</b>")),
    ('<b class="c" t-out=" object.name "> x </b>', ('<b class="c">', Hole("object.name", "x"), "</b>")),
    ('<t t-out="object.a"/><t t-out="object.b"/>', (Hole("object.a"), Hole("object.b"))),
    ('<!--[if mso]><t t-if="x"/><![endif]--><p>x</p>', ('<!--[if mso]><t t-if="x"/><![endif]--><p>x</p>',)),
    ("<p>{{ object.name }} costs 5 < 6</p>", ("<p>{{ object.name }} costs 5 &lt; 6</p>",)),
    ("tail only", ("tail only",)),
    ("", ()),
]


@pytest.mark.parametrize("source, expected", UNDERSTOOD)
def test_understood(source, expected):
    """C26: a field, or a field with a default, is a hole; all else is text."""
    assert parse(source, by_qweb=False) == expected


@pytest.mark.parametrize(
    "source, expected",
    [
        ("News", ("News",)),
        ("Hi {{ object.name }}", ("Hi ", Hole("object.name"))),
        ("Hi {{ object.name or 'you' }}!", ("Hi ", Hole("object.name", "you"), "!")),
        ("Hi {{ object.name ||| dear you}}!", ("Hi ", Hole("object.name", "dear you"), "!")),
        ("Hi {{ object.name ||| }}!", ("Hi ", Hole("object.name"), "!")),
        ("{ not } {{ }", ("{ not } {{ }",)),
        ("", ()),
    ],
)
def test_inline(source, expected):
    """C26: placeholders in subject and preview, with both ways of giving a default."""
    assert parse_inline(source) == expected


@pytest.mark.parametrize("source", ["{{ object.name.title() }}", "{{ ctx.get('x') }}", "{{ 1 + }}"])
def test_inline_left_to_odoo(source):
    """An expression that is more than a field raises NotCompilable."""
    with pytest.raises(NotCompilable):
        parse_inline(source)


def test_marks_bring_holes_back():
    """A text with marks turns into the same template, also where text between was changed or a mark was repeated."""
    marks = Marks()
    template = Template(["a ", Hole("x"), " b ", Hole("y", "z"), Hole("x")])
    text = marks.marked(template)
    assert marks.template(text) == template
    assert marks.template(text.upper() + marks.mark(Hole("y", "z"))) == Template(
        ["A ", Hole("x"), " B ", Hole("y", "z"), Hole("x"), Hole("y", "z")]
    )


def test_marks_from_outside_mean_nothing():
    """Somebody who writes our private characters into a body gets no hole and no error."""
    stray = Marks().mark(Hole("secret")) + "\U0010f8f05"
    assert without_marks(stray) == "05"
    assert parse(f"<p>{stray}</p>") == ("<p>05</p>",)
    assert Marks().template(Marks().marked(Template([stray]))) == ("05",)


def test_escaped_only_in_html():
    """A value is text: HTML shows its signs instead of obeying them."""
    template = Template(["<p>", Hole("x", "<none>"), "</p>"])
    assert template.fill({"x": "<b> & Co"}) == "<p><b> & Co</p>"
    assert template.fill_html({"x": "<b> & Co"}) == "<p>&lt;b&gt; &amp; Co</p>"
    assert template.fill_html({}) == "<p>&lt;none&gt;</p>"


tags = st.sampled_from(["t", "p", "a", "table", "tr", "td", "!--[if mso]", "br", "o:p", "img"])
attributes = st.sampled_from(
    ["", ' t-out="object.name"', ' t-if="1"', ' href="/view"', " t-out", ' class="x>y"', " =", ' "']
)
soup = st.lists(
    st.builds("<{}{}>".format, tags, attributes) | st.builds("</{}>".format, tags) | st.text(max_size=5), max_size=12
).map("".join)


@settings(max_examples=300, deadline=None)
@given(soup)
def test_tag_soup(source):
    """Whatever the HTML, it becomes a template or is left to Odoo; nothing else is raised."""
    try:
        template = parse(source)
    except NotCompilable:
        return
    assert template.names <= {"object.name"}
    assert "t-out" not in "".join(piece for piece in template if isinstance(piece, str) and "<!--" not in source)
