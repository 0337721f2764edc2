"""`make rows`: the rows of the requirements that no test names in its docstring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .setup.paths import CHECKOUT

LAST_ROW = {"C": 40, "S": 13, "A": 36, "G": 45, "B": 30}
TEST_FOLDERS = ("tests", "tests_core", "glue")
ROW = re.compile(r"\b([CSAGB])(\d{1,2})(?:\s?[-–]\s?\1?(\d{1,2}))?\b")  # C7, or C7-C9


def main() -> None:
    """Print the rows without a test, by document."""
    named = set(named_rows())
    for letter, last in LAST_ROW.items():
        missing = [f"{letter}{number}" for number in range(1, last + 1) if f"{letter}{number}" not in named]
        print(f"{letter}: {last - len(missing)} of {last} rows have a test; without: {', '.join(missing) or 'none'}")


def named_rows() -> Iterator[str]:
    """Every row that a docstring of a test names."""
    for folder in TEST_FOLDERS:
        for path in sorted((CHECKOUT / folder).rglob("test_*.py")):
            for docstring in docstrings(path):
                yield from rows_in(docstring)


def rows_in(text: str) -> Iterator[str]:
    """The rows that a text names, ranges spelled out."""
    for letter, first, last in ROW.findall(text):
        for number in range(int(first), int(last or first) + 1):
            if number <= LAST_ROW[letter]:
                yield f"{letter}{number}"


def docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a file, its classes and its functions."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, kinds):
            yield ast.get_docstring(node) or ""


if __name__ == "__main__":
    main()
