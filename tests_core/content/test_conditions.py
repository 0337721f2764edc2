"""Which conditions are understood, and what of a text is left under them."""

import email
import email.policy
import json

import pytest
from bulk_mailing.core.content import (
    RAW,
    TRUTH,
    CompiledMessage,
    Marks,
    NotCompilable,
    Parts,
    compile,
    parse,
    tidy,
    with_conditional_footnotes,
)


def of(**fields):
    """A recipient's values, as a record with these fields has them."""
    values = {}
    for name, value in fields.items():
        path = f"object.{name.replace('__', '.')}"
        values |= {path: None if value is False else value, TRUTH + path: bool(value), RAW + path: value}
    return values


CHOICES = [
    ('<t t-if="object.name">Dear</t>', of(name="Ann"), "Dear"),
    ('<t t-if="object.name">Dear</t>', of(name=False), ""),
    ('<t t-if="not object.name">Hi</t>', of(name=False), "Hi"),
    ('<t t-if="object.a"> A</t> <!-- x --> <t t-else="">B</t>', of(a=False), "B<!-- x --> "),
    ('<b t-if="object.a"/><!--x-->1<b t-elif="object.b"/> <!--y-->3<!--z--><i t-else=""/>4', of(a=0, b=0),
     "<i></i><!--x-->1<!--y-->3<!--z-->4"),
    ('<t t-if="object.a">A</t><t t-elif="object.b">B</t><t t-else="">C</t>', of(a=0, b=1), "B"),
    ('<t t-if="object.a">A</t><t t-elif="object.b">B</t><t t-else="">C</t>', of(a=0, b=0), "C"),
    ('<t t-if="object.a">A</t><t t-elif="object.b">B</t>', of(a=0, b=0), ""),
    ("<t t-if=\"object.c.code == 'NL'\">NL</t>", of(c__code="NL"), "NL"),
    ("<t t-if=\"object.c.code != 'NL'\">no</t>", of(c__code=False), "no"),
    ("<t t-if=\"object.code in ('NL', 'BE')\">near</t>", of(code="BE"), "near"),
    ("<t t-if=\"object.code not in ['NL']\">far</t>", of(code="DE"), "far"),
    ('<t t-if="object.age &gt;= 18">adult</t>', of(age=18), "adult"),
    ('<t t-if="object.age &lt; -1.5">adult</t>', of(age=18), ""),
    ('<t t-if="object.a == False">no</t>', of(a=0), "no"),
    ('<t t-if="object.a == None">none</t>', of(a=False), ""),
    ('<t t-if="object.a and (object.b or not object.c)">yes</t>', of(a=1, b=0, c=0), "yes"),
    ('<p t-if="object.a">A</p><p t-else="">B</p>', of(a=1), "<p>A</p>"),
    ('<b t-if="object.a" t-out="object.a">x</b>', of(a="<&"), "<b>&lt;&amp;</b>"),
    ('<t t-if="object.a"><t t-if="object.b">AB</t><i t-else="">A</i></t>', of(a=1, b=0), "<i>A</i>"),
    ('<table><tr t-if="object.a"><td>A</td></tr></table>', of(a=0), "<table></table>"),
    ("<b t-out=\"object.a\"/>", of(a=False), ""),
    ("<b t-out=\"object.a\"/>", of(a=0), "<b>0</b>"),
    ("<b t-out=\"object.a or 'x'\"/>", of(a=0), "<b>x</b>"),
    ("<b t-out=\"object.a\">x</b>", of(a=0.0), "<b>0.0</b>"),
]  # fmt: skip


@pytest.mark.parametrize("source, values, expected", CHOICES)
def test_choices(source, values, expected):
    """C26: what is left of a body for a recipient is what QWeb leaves; also after the way through the database."""
    template = parse(f"<div>1{source}2</div>")
    assert template.fill_html(values) == f"<div>1{expected}2</div>"
    message = compile(Parts((), html=template))
    again = CompiledMessage.from_json(message.to_json())
    assert again == message
    assert again.names <= set(values)
    html = email.message_from_bytes(again.render(values), policy=email.policy.default).get_content()
    assert html.rstrip() == f"<div>1{expected}2</div>"


def test_torn_marks():
    """Software that moved one end of a condition leaves the mailing to Odoo, instead of a wrong choice."""
    marks = Marks()
    source = "<p><t t-if='object.a'>A</t><t t-else=''>B</t></p>"
    text = marks.marked(parse(source))
    assert len(marks.template(text)) == 3
    before, after = marks.choice(*marks.template(text)[1].conditions)
    for torn in (text.replace(after, ""), text.replace(before[1], ""), after + text, text.replace(before[0], "")):
        with pytest.raises(NotCompilable):
            marks.template(torn)


TEXT = """Read on [1]
{begin}only some [2] {inner}and few [3]{end_inner}{otherwise}or these [4]{end}

[1] https://a.example
[2] https://b.example
[3] https://c.example
[4] https://d.example
"""


@pytest.mark.parametrize(
    "a, b, numbers",
    [(True, True, "123"), (True, False, "12"), (False, True, "14"), (False, False, "14")],
)
def test_footnotes_of_conditions(a, b, numbers):
    """C25: a link that a recipient does not get is not in the text's list of links either."""
    marks = Marks()
    conditions = parse("<t t-if='object.a'/><t t-if='object.b'/>")
    (begin, otherwise), end = marks.choice(*conditions[0].conditions)
    (inner, end_inner), end_b = marks.choice(*conditions[1].conditions)
    text = TEXT.format(begin=begin, otherwise=otherwise, end=end, inner=inner, end_inner=end_inner + end_b)
    filled = marks.template(with_conditional_footnotes(tidy(text), marks)).fill(of(a=a, b=b))
    notes = [line[1] for line in filled.partition("\n\n")[2].splitlines()]
    assert "".join(notes) == numbers


def test_condition_is_readable_data():
    """What is kept of a condition is data, without a program in it."""
    message = compile(Parts((), text=parse("<t t-if=\"object.a in ('x', 1)\">A</t>")))
    assert ["in", f"{RAW}object.a", ["x", 1]] in json.loads(message.to_json())["fills"][0][1]["list"][0].values()
