"""Which rows of the requirements a docstring names."""

import pytest

from dev.rows import rows_in

TEXTS = [
    ("C35: a subject over 70 characters is a warning", ["C35"]),
    ("A1, A2 and B30", ["A1", "A2", "B30"]),
    ("C7-C9, S1-3", ["C7", "C8", "C9", "S1", "S2", "S3"]),
    ("C41 and G99 are no rows", []),
    ("RFC 2119, ABC1, C1x", []),
]


@pytest.mark.parametrize("text, rows", TEXTS)
def test_rows_in(text, rows):
    """Single rows, lists and ranges are found; what only looks like one is not."""
    assert list(rows_in(text)) == rows
