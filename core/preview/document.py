"""The HTML of a message, to be shown in a frame that runs nothing and leads nowhere.

Light and dark are an approximation: each mail program has its own way. What the mail itself says about dark screens is
done, whatever the visitor's own screen is; a mail that says nothing is inverted, as several programs do.
"""

import re

from lxml import html as lxml_html

# the frame's own sandbox forbids scripts, forms and windows; this holds as well if somebody forgets it
_ANYWHERE = "http: https: data:"
_POLICY = f"default-src 'none'; img-src {_ANYWHERE}; font-src {_ANYWHERE}; style-src 'unsafe-inline' http: https:"
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    # a link wants a new window, which the sandbox does not open
    '<base target="_blank">'
)
_PICTURES = "img, svg, video, [background], [style*='background-image'], [style*='url(']"
_INVERTED = (
    "<style>html { background: #fff; filter: invert(1) hue-rotate(180deg); }"
    f" {_PICTURES} {{ filter: invert(1) hue-rotate(180deg); }}</style>"
)
_SCHEME_QUERY = re.compile(r"prefers-color-scheme\s*:\s*(light|dark)", re.IGNORECASE)
_ALWAYS, _NEVER = "min-width: 0px", "max-width: 0px"


def has_dark_colours(html: str) -> bool:
    """Whether the mail has colours of its own for dark screens."""
    return any(match[1].lower() == "dark" for match in _SCHEME_QUERY.finditer(html))


def document(html: str, pictures: dict[str, str], *, is_dark: bool) -> str:
    """A complete page of the HTML part of a message, on a light or a dark screen.

    :param pictures: what comes along with the message, by Content-ID, as data: addresses
    """
    extra = _INVERTED if is_dark and not has_dark_colours(html) else ""
    root = lxml_html.document_fromstring(_with_scheme(html, "dark" if is_dark else "light") or "<p></p>")
    for element in list(root.iter(lxml_html.etree.Element)):
        _make_harmless(element)
        _embed(element, pictures)
    # before anything of the mail's own
    return f"<!DOCTYPE html><head>{_HEAD}{extra}</head>{_serialized(root)}"


def _with_scheme(html: str, scheme: str) -> str:
    return _SCHEME_QUERY.sub(lambda match: _ALWAYS if match[1].lower() == scheme else _NEVER, html)


def _make_harmless(element) -> None:
    if element.tag in ("base", "meta", "script", "iframe", "object", "embed"):
        element.drop_tree()
    else:
        element.attrib.pop("target", None)


def _embed(element, pictures: dict[str, str]) -> None:
    for name in ("src", "background"):
        value = element.get(name, "")
        if value.startswith("cid:"):
            element.set(name, pictures.get(value.removeprefix("cid:"), value))


def _serialized(root) -> str:
    return lxml_html.tostring(root, encoding="unicode")
