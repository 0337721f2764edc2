"""A template written as a person would write it."""

import pytest
from bulk_mailing.core.content import Choice, Condition, Hole, Template, inline, parse, parse_inline

NAME, CITY = Hole("object.name"), Hole("object.city", "your town")
HAS_NAME = (Condition(("holds", "truth of object.name")),)

CASES = [
    (Template(["Dear ", NAME, ","]), "Dear {{ object.name }},"),
    (Template([CITY]), "{{ object.city ||| your town }}"),
    (Template([Hole("object.city", "  your\n town ")]), "{{ object.city ||| your town }}"),
    (Template([Hole("object.city", "}} {{ object.password")]), "{{ object.city }}"),
    (Template([Choice(HAS_NAME, (Template(["Dear ", NAME]), Template(["Dear friend"])))]), "Dear friend"),
    (Template(["a", Choice(HAS_NAME, (Template(["b"]), Template())), "c"]), "ac"),
]


@pytest.mark.parametrize("template, expected", CASES)
def test_inline(template, expected):
    """C25: placeholders as in a subject; of a condition only what everybody gets."""
    assert inline(template) == expected


@pytest.mark.parametrize("source", ["Dear {{ object.name }}", "{{ object.city ||| your town }} and {{ object.zip }}!"])
def test_way_back(source):
    """C25: what was read is written as it was."""
    assert inline(parse_inline(source)) == source


def test_from_a_design():
    """C25: a design's placeholder and its default text."""
    assert inline(parse('Hi <t t-out="object.name">friend</t>')) == "Hi {{ object.name ||| friend }}"
