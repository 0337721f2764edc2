"""premailer does the inlining; nothing is fetched, whatever the style sheets ask for."""

import logging

import cssutils
from lxml import etree, html
from premailer import Premailer

from .inliner import BadStyleSheet, Inlined

# It tells of every property that is not in CSS 2, and mail is full of them; it also has no logger of its own to give
cssutils.log.setLevel(logging.CRITICAL + 1)

_WRAPPER = slice(len("<div>"), -len("</div>"))
_SEEN_BY_MOST = ("", "all", "screen")


class PremailerInliner:
    def inline(self, source: str) -> Inlined:
        """See `Inliner`. HTML without style elements comes back as it is."""
        try:
            return _inlined(source)
        except Exception as error:  # premailer, cssutils and cssselect each have many kinds of their own
            raise BadStyleSheet(str(error)) from error


def _inlined(source: str) -> Inlined:
    root = html.fragment_fromstring(source, create_parent="div")
    if root.find(".//style") is None:
        return Inlined(source)
    _Offline(html=root).transform()
    styles = "\n".join(filter(None, map(_taken_out, root.findall(".//style"))))
    return Inlined(html.tostring(root, encoding="unicode")[_WRAPPER], styles)


class _Offline(Premailer):
    """premailer that reads only what is in the HTML; `@import` finds empty files."""

    def __init__(self, **options):
        # what is left stands in the style element that it comes from; width and height attributes know no "auto"
        super().__init__(
            allow_network=False,
            disable_leftover_css=True,
            disable_validation=True,
            disable_basic_attributes=["width", "height"],
            strip_important=False,  # without it a media query loses against the attributes
            **options,
        )

    def _parse_css_string(self, css_body, validate=True):
        parser = cssutils.CSSParser(fetcher=lambda _url: (None, b""), validate=validate)
        return parser.parseString(css_body, validate=validate)


def _taken_out(element: etree._Element) -> str:
    """Remove a style element; its style sheet, with the media that it is for."""
    media, styles = element.get("media", "").strip().lower(), (element.text or "").strip()
    element.drop_tree()
    # an escape in a string may have become a sign that ends the style element it will stand in
    if not styles or "<" in styles or "<" in media:
        return ""
    return styles if media in _SEEN_BY_MOST else f"@media {media} {{{styles}}}"
