"""The maps from the seeds to screens and tests (`docs/seed_map*.md`): what they name exists, and no row is left out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
DOCS = CHECKOUT / "docs"
TEXT = "".join((DOCS / name).read_text() for name in ("seed_map.md", "seed_map_blocked.md"))
TESTS = sorted(set(re.findall(r"`((?:tests|glue)\w*/[\w/]+\.py:[\w.]+)`", TEXT)))
LINKS = sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT)))
ROWS = dict(re.findall(r"^\| ([BC]\d+) \|.*\| (.*) \|$", TEXT, re.MULTILINE))
LATER = {"C32", "C33", "C34", "C40"}  # split-run
NOT_BUILT = set()


@cache
def names_in(path):
    """Names of a file's tests, as `Class.name` or `name`."""
    found = set()
    for node in ast.parse((CHECKOUT / path).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return found


def anchors(page):
    """What the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("test", TESTS)
def test_named_tests_exist(test):
    """A test that was renamed or deleted is named no longer."""
    path, _colon, name = test.partition(":")
    assert name.rpartition(".")[2].startswith("test_")
    assert name in names_in(path)


@pytest.mark.parametrize("link", LINKS)
def test_named_pages_and_pictures_exist(link):
    """Neither a page, nor a heading in it, nor a picture is missing."""
    name, _hash, anchor = link.partition("#")
    page = DOCS / name
    assert page.is_file()
    assert not anchor or anchor in anchors(page)


def test_every_row_has_a_test():
    """Each row leads to a test; those that do not are known, and say so."""
    expected = {f"C{number}" for number in range(1, 41)} | {f"B{number}" for number in range(1, 31)}
    assert ROWS.keys() == expected - LATER
    without = {row for row, tests in ROWS.items() if not re.search(r"`(tests|glue)\w*/", tests)}
    assert without == NOT_BUILT == {row for row, tests in ROWS.items() if "Not built yet" in tests}


def test_every_sentence_leads_somewhere():
    """Whatever the seed says has a place, and a test, or the map says that there is none yet."""
    sentences = re.findall(r"^\| (.+) \| (.+) \| (.*) \|$", TEXT.partition("\n## The requirements")[0], re.MULTILINE)
    found = [cells for cells in sentences if not cells[0].startswith(("---", "what it says"))]
    assert len(found) > 40
    for sentence, place, tests in found:
        assert "`tests" in tests or re.search("Not built yet|Comes later", place), sentence
