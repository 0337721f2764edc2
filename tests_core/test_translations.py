"""The Dutch translation is complete, and fills in what the English does."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

I18N = Path(__file__).parents[1] / "i18n"
HOLE = re.compile(r"%\(\w+\)[a-z]|{{.*?}}")
TAG = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?/?>")
READ_ALOUD = re.compile(r'\b(?:title|placeholder|alt|aria-label)="[^"]*"')  # attributes with words in them


def load(name):
    return polib.pofile(str(I18N / name))


@pytest.fixture(scope="module")
def template():
    return load("bulk_mailing.pot")


@pytest.fixture(scope="module")
def dutch():
    return load("nl.po")


def holes(text):
    return Counter(HOLE.findall(text))


def tags(text):
    return Counter(READ_ALOUD.sub("", tag) for tag in TAG.findall(text))


def test_every_entry_is_translated(template, dutch):
    """C-rows not needed"""
    translated = {entry.msgid for entry in dutch if entry.msgstr.strip()}
    assert [entry.msgid for entry in template if entry.msgid not in translated] == []


def test_nothing_is_left_over(template, dutch):
    """C-rows not needed"""
    assert [entry.msgid for entry in dutch if entry.fuzzy or entry.obsolete] == []
    assert [entry.msgid for entry in dutch] == [entry.msgid for entry in template]


@pytest.mark.parametrize("parts", [holes, tags])
def test_placeholders_and_tags_are_kept(dutch, parts):
    """C-rows not needed"""
    assert [entry.msgid for entry in dutch if parts(entry.msgid) != parts(entry.msgstr)] == []
