"""Which picture of ours a URL names; the routes are those of Odoo's `/web/image` and of an addon's static files."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_ROUTE = re.compile(
    r"""/web/(?:image|content)
        (?:/(?P<model>[a-z_][\w]*(?:\.\w+)*)/(?P<id>\d+)/(?P<field>\w+)
          |/(?P<file>\d+)(?:-[^/]*)?
          |/(?P<xmlid>[a-zA-Z]\w*\.\w+))?
        (?:/(?P<width>\d+)x(?P<height>\d+))?
        (?:/[^/]*)?""",
    re.VERBOSE,
)
_STATIC = re.compile(r"/(\w+/static/[\w./ @+-]+\.(?:png|jpe?g|gif|webp))", re.IGNORECASE)


@dataclass(frozen=True)
class OwnPicture:
    """A picture of ours: a field of a record (`id` or `xmlid` names it), or a static file."""

    model: str = "ir.attachment"
    id: int | None = None
    xmlid: str | None = None
    field: str = "raw"
    access_token: str | None = None
    width: int = 0
    height: int = 0
    crop: bool = False
    static: str | None = None


def ours(url: str, own_hosts: Collection[str]) -> SplitResult | None:
    """The parts of a URL that leads to our server, or is a path on it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") and (not host or host in own_hosts) else None


def own_picture(url: str, own_hosts: Collection[str]) -> OwnPicture | None:
    """What a URL names, if it is a picture of ours."""
    parts = ours(url, own_hosts)
    if not parts:
        return None
    path = unquote(parts.path)
    if (static := _STATIC.fullmatch(path)) and ".." not in path:
        return OwnPicture(static=static[1])
    route = _ROUTE.fullmatch(path)
    return _record(route, {name: values[0] for name, values in parse_qs(parts.query).items()}) if route else None


def _record(route: re.Match, query: dict[str, str]) -> OwnPicture | None:
    """What the route says goes before the query, as in Odoo."""
    asked = query | {name: value for name, value in route.groupdict().items() if value}
    number = asked.get("file") or asked.get("id")
    if not (number or asked.get("xmlid")) or (number and not number.isdecimal()):
        return None
    return OwnPicture(
        model=asked.get("model") or "ir.attachment",
        id=int(number) if number else None,
        xmlid=asked.get("xmlid"),
        field=asked.get("field") or "raw",
        access_token=asked.get("access_token"),
        width=_size(asked.get("width")),
        height=_size(asked.get("height")),
        crop=asked.get("crop", "").lower() in ("1", "true"),
    )


def _size(number: str | None) -> int:
    return min(int(number), 5000) if number and number.isdecimal() else 0
