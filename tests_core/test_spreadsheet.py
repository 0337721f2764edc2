"""Texts that would be a formula in a spreadsheet."""

import pytest

from core.spreadsheet import inert

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=cmd|" /C calc"!A0']
HARMLESS = ["ann@example.org", "1-2", "'=1", "", " =1", 5, -3, 0.5, False, None]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula(text):
    """B20: a text that a spreadsheet would run gets an apostrophe in front."""
    assert inert(text) == "'" + text


@pytest.mark.parametrize("value", HARMLESS)
def test_harmless(value):
    """B20: all else is exported as it is, negative numbers too."""
    assert inert(value) is value
