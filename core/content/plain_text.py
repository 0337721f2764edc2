"""The text part: what a reader without pictures and styles needs, and nothing of what machines wrote for machines."""

import re
from html import unescape

# Conditional comments for Outlook are comments to everybody else, so what is in them is not text either
_NOT_TEXT = re.compile(r"<(style|script|title)\b.*?</\1\s*>|<!--.*?-->|<!\[.*?\]>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_NOWHERE = re.compile(r"""\bhref\s*=\s*["'](mailto:|\#)?["']""", re.IGNORECASE)
_LABEL = re.compile(r"""\b(aria-label|title)\s*=\s*("[^"]+"|'[^']+')""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_EMPHASIS = re.compile(r"<(h[1-3]|strong|b|em)\s[^>]*>", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"""<\w+\b[^>]*?\bt-(?:out|esc|field)=(?:"([^"]*)"|'([^']*)')[^>]*>""", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\xa0\u034f\u200b\u200c\ufeff]+")
_BLANK_BEFORE_STOP = re.compile(r" +([.,])(?=\s|$)")
_BLANK_LINES = re.compile(r"\n{3,}")


def readable(html: str) -> str:
    """HTML without styles, scripts and comments, and with each picture's alternative text in its place.

    A text part made of the result has no style sheet in it, and no list of the addresses of pictures. Links hold plain
    text, or are gone where there is none, and emphasis has no attributes: Odoo's `html2plaintext` writes "None" for a
    link that begins with an element, and half of the marks around a heading that has a class.
    """
    html = _PICTURE.sub(_alternative, _NOT_TEXT.sub("", html))
    return _EMPHASIS.sub(r"<\1>", _LINK.sub(_plain_link, html))


def with_placeholders(html: str) -> str:
    """HTML in which each value to be filled in later is seen: `{{ object.name }}`."""
    return _PLACEHOLDER.sub(lambda found: f"{found[0]}{{{{ {found[1] or found[2]} }}}}", html)


def tidy(text: str) -> str:
    """Text without the blanks that a layout of nested tables leaves: one between words, one empty line at most."""
    lines = (_BLANK_BEFORE_STOP.sub(r"\1", _BLANK.sub(" ", line).strip()) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def _alternative(picture: re.Match) -> str:
    found = _ALTERNATIVE.search(picture[0])
    return found[1][1:-1] if found else ""


def _plain_link(link: re.Match) -> str:
    attributes, inside = link.groups()
    words = " ".join(_TAG.sub(" ", inside).split())
    if not _BLANK.sub("", unescape(words)):
        words = ""  # an icon: its element, and perhaps a blank that keeps it open
    if not words and (label := _LABEL.search(attributes + inside)):
        words = label[2][1:-1]
    return f"<a{attributes}>{words}</a>" if words and not _NOWHERE.search(attributes) else words
