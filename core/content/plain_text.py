"""The text part: what a reader without pictures and styles needs, and nothing of what machines wrote for machines."""

import re

# Conditional comments for Outlook are comments to everybody else, so what is in them is not text either
_NOT_TEXT = re.compile(r"<(style|script|title)\b.*?</\1\s*>|<!--.*?-->|<!\[.*?\]>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\xa0\u034f\u200b\u200c\ufeff]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def readable(html: str) -> str:
    """HTML without styles, scripts and comments, and with each picture's alternative text in its place.

    A text part made of the result has no style sheet in it, and no list of the addresses of pictures.
    """
    return _PICTURE.sub(_alternative, _NOT_TEXT.sub("", html))


def tidy(text: str) -> str:
    """Text without the blanks that a layout of nested tables leaves: one between words, one empty line at most."""
    lines = (_BLANK.sub(" ", line).strip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def _alternative(picture: re.Match) -> str:
    found = _ALTERNATIVE.search(picture[0])
    return found[1][1:-1] if found else ""
