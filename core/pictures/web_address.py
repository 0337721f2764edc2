"""Addresses of pictures on other servers, read strictly: what two readers could read differently is refused."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

from ..addresses import BadAddress, domain_to_ascii
from ..text import Text, _

PORTS = {"http": 80, "https": 443}
LONGEST = 2000

_IN_PATH = "/%:@!$&'()*+,;=~-._"  # RFC 3986 section 3.3, and what is escaped already

# sooner or later a reader takes a backslash for a slash, and drops what cannot be seen
_SUSPICIOUS = re.compile(r"[\x00-\x20\x7f\\]")
# 127.1, 2130706433, 0x7f000001: what some system functions take for IPv4 (WHATWG: "ends in a number")
_ENDS_IN_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)


class BadWebAddress(ValueError):
    """An address that is not fetched from; `reason` says why, for people."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class WebAddress:
    """A URL taken apart: `host` is ASCII and lower case; `path` has the query, and is ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, url: str, ports: Collection[int] = frozenset(PORTS.values())) -> "WebAddress":
        """The address in a URL. Raises BadWebAddress."""
        if len(url) > LONGEST:
            raise BadWebAddress(_("The address is too long."))
        try:
            parts = urlsplit(url)
            port = PORTS.get(parts.scheme) if parts.port is None else parts.port
        except ValueError as error:
            raise BadWebAddress(_("This is not the address of a picture on the web.")) from error
        if parts.scheme not in PORTS or not parts.hostname or "%" in parts.netloc or _SUSPICIOUS.search(url):
            raise BadWebAddress(_("This is not the address of a picture on the web."))
        if parts.username is not None or parts.password is not None:
            raise BadWebAddress(_("The address has a user name or password in it."))
        if port not in ports:
            raise BadWebAddress(_("The address names an unusual port."))
        return cls(parts.scheme, _host(parts), port, _path(parts))

    @property
    def ip(self) -> IPv4Address | IPv6Address | None:
        """The IP address that stands in the place of a name, if one does."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def netloc(self) -> str:
        """As it stands in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def external(url: str, own_hosts: Collection[str]) -> str | None:
    """The URL of a picture on somebody else's server, complete; None for one of ours and for what is no such URL."""
    url = "https:" + url if url.startswith("//") else url
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in PORTS and host and host not in own_hosts else None


def _host(parts: SplitResult) -> str:
    host = parts.hostname
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        host = domain_to_ascii(host.rstrip("."))
    except BadAddress as error:
        raise BadWebAddress(error.reason) from error
    if _ENDS_IN_A_NUMBER.search(host):
        raise BadWebAddress(_("This is not the address of a picture on the web."))
    return host


def _path(parts: SplitResult) -> str:
    path, query = quote(parts.path or "/", safe=_IN_PATH), quote(parts.query, safe=_IN_PATH + "?")
    return f"{path}?{query}" if query else path
