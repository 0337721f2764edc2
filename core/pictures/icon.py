"""Icons that Odoo draws on request, as its designer writes them into a body: mail programs have no such fonts."""

import re
from collections.abc import Collection
from urllib.parse import unquote

from .own import ours

_ROUTE = re.compile(
    r"""/(?:mail|web_editor)/font_to_img
        /(?P<icon>[^/]+)
        (?:/(?P<color>[^/]+))?
        (?:/(?P<bg>(?!\d+(?:x\d+)?(?:/|$))[^/]+))?
        (?:/(?:(?P<width>\d{1,4})x(?P<height>\d{1,4})|(?P<size>\d{1,4})))?
        (?:/(?P<alpha>\d{1,3}))?""",
    re.VERBOSE,
)
_NUMBERS = ("width", "height", "size", "alpha")


def icon_asked(url: str, own_hosts: Collection[str]) -> dict[str, str | int] | None:
    """What Odoo's route is asked to draw, if the URL is one of those."""
    parts = ours(url, own_hosts)
    route = parts and _ROUTE.fullmatch(unquote(parts.path))
    asked = {name: value for name, value in route.groupdict().items() if value} if route else {}
    return {name: int(value) if name in _NUMBERS else value for name, value in asked.items()} or None
