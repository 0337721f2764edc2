"""The Dutch translation is complete, and fills in what the English does."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted([*ROOT.glob("i18n/*.pot"), *ROOT.glob("glue/*/i18n/*.pot")])
HOLE = re.compile(r"%\(\w+\)[a-z]|{{.*?}}")
TAG = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?/?>")
READ_ALOUD = re.compile(r'\b(?:title|placeholder|alt|aria-label)="[^"]*"')  # attributes with words in them


@pytest.fixture(scope="module", params=TEMPLATES, ids=lambda path: path.stem)
def path(request):
    """The template of one addon."""
    return request.param


@pytest.fixture(scope="module")
def template(path):
    return polib.pofile(str(path))


@pytest.fixture(scope="module")
def dutch(path):
    return polib.pofile(str(path.with_name("nl.po")))


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
