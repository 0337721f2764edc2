"""How far a fetch may go. A value, so that a test can open its own server, and nothing else can."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from ...core.pictures import is_public


@dataclass(frozen=True)
class Limits:
    """Where to, how much, how long."""

    may_connect: Callable[[IPv4Address | IPv6Address], bool] = is_public
    ports: Collection[int] = (80, 443)
    redirects: int = 4
    seconds: float = 10.0
    bytes: int = 5 * 1024 * 1024
    pixels: int = 20_000_000
