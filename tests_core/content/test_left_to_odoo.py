"""What only QWeb can do: Odoo renders such a mailing recipient by recipient."""

import pytest
from bulk_mailing.core.content import NotCompilable, parse

PLACEHOLDERS = [
    '<t t-foreach="object.ids" t-as="x">x</t>',
    '<a t-att-href="object.website">x</a>',
    '<a t-attf-href="/x/{{object.id}}">x</a>',
    '<t t-set="x" t-value="1"/>',
    '<t t-out="object.name.upper()"/>',
    '<t t-out="object.name + object.name"/>',
    '<t t-out="object.name or 3"/>',
    '<t t-out="object.name or object.email"/>',
    '<t t-out="object[0]"/>',
    '<t t-out="user.name"/>',
    '<t t-out="object"/>',
    '<t t-out=""/>',
    '<t t-out="' + "(" * 3000 + '"/>',
    '<t t-esc="object.name"/>',
    '<t t-field="object.name"/>',
    '<t t-out="object.name"><b>x</b></t>',
    '<t t-out="object.name" t-options="{}"/>',
    "<t>x</t>",
]

# more than fields and constants
CONDITIONS = [
    '<t t-if="1">x</t>',
    '<t t-if="user.name">x</t>',
    '<t t-if="object">x</t>',
    '<t t-if="object.a == object.b">x</t>',
    "<t t-if=\"object.a &lt; 'b'\">x</t>",
    '<t t-if="1 &lt; object.a &lt; 3">x</t>',
    '<t t-if="object.a == 1j">x</t>',
    "<t t-if=\"'a' in object.a\">x</t>",
    '<t t-if="object.a in object.b">x</t>',
    '<t t-if="object.a.lower()">x</t>',
    '<t t-if="object.a is None">x</t>',
    '<t t-if="-object.a">x</t>',
    '<t t-if="">x</t>',
    '<t t-else="">x</t>',
    '<t t-if="object.a">x</t>text<t t-else="">y</t>',
    '<p><t t-if="object.a"><div>x</div></t></p>',
    '<t t-if="object.a" t-foreach="object.b" t-as="c">x</t>',
    '<t t-if="object.a" t-set="c">x</t>',
]


@pytest.mark.parametrize("source", [*PLACEHOLDERS, *CONDITIONS])
def test_left_to_odoo(source):
    """What is not compiled raises NotCompilable, with a reason."""
    with pytest.raises(NotCompilable) as raised:
        parse(f"<div>{source}</div>")
    assert str(raised.value.reason)
