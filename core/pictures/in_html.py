"""Where pictures stand in HTML: `src` of pictures, `background`, and `url()` in `style`, also in comments for Outlook.

Only the attributes themselves are touched, so that whoever edits or renders the HTML afterwards finds it as it was.
"""

import html
import re
from collections.abc import Callable, Mapping

_TAG = re.compile(r"""<(?P<name>[a-zA-Z][\w:-]*)(?P<rest>(?:\s|/(?!>))(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""(?<![^\s"'/])(?P<name>[^\s"'<>/=]+)(?P<is>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=]+)""")
_STYLE_URL = re.compile(
    r"""(?P<before>\burl\(\s*+)(?P<quote>["']?)(?P<url>[^"'()\s]++)(?P<after>(?P=quote)\s*\))""", re.IGNORECASE
)
_PICTURES = ("img", "v:image", "v:fill")


def picture_urls(source: str, *, in_img_only: bool = False) -> tuple[str, ...]:
    """The URLs of all pictures, each once, in the order of the HTML, without what escapes them there."""
    found = []
    _replaced(source, lambda url: found.append(url), in_img_only)
    return tuple(dict.fromkeys(found))


def with_pictures(source: str, new: Mapping[str, str], *, in_img_only: bool = False) -> str:
    """The HTML with other URLs for some of its pictures; everything else stays as it is."""
    return _replaced(source, new.get, in_img_only)


def _replaced(source: str, new: Callable[[str], str | None], in_img_only: bool) -> str:
    def in_tag(tag: re.Match) -> str:
        name = tag["name"].lower()

        def in_attribute(attribute: re.Match) -> str:
            kind = attribute["name"].lower()
            if kind == "src" and (name == "img" if in_img_only else name in _PICTURES):
                return _with_value(attribute, new)
            if in_img_only or kind not in ("background", "style"):
                return attribute[0]
            return _with_value(attribute, new if kind == "background" else lambda style: _in_style(style, new))

        return f"<{tag['name']}{_ATTRIBUTE.sub(in_attribute, tag['rest'])}>"

    return _TAG.sub(in_tag, source)


def _with_value(attribute: re.Match, new: Callable[[str], str | None]) -> str:
    written = attribute["value"]
    bare = written[1:-1] if written[0] in "\"'" else written
    value = new(html.unescape(bare).strip())
    return attribute[0] if value is None else f'{attribute["name"]}{attribute["is"]}"{html.escape(value)}"'


def _in_style(style: str, new: Callable[[str], str | None]) -> str | None:
    """The style with other URLs; None where there is nothing to change."""

    def in_url(match: re.Match) -> str:
        url = new(match["url"].strip())
        return match[0] if url is None else match["before"] + match["quote"] + url + match["after"]

    changed = _STYLE_URL.sub(in_url, style)
    return None if changed == style else changed
