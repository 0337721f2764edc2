"""What fetches pictures, whichever way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ...core.text import Text, _


class NotFetched(Exception):
    """There is no picture to be had from a URL; `reason` says why, for people."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Image:
    """A picture as the other server gave it, and what it turned out to be."""

    content: bytes = field(repr=False)
    mimetype: str
    width: int
    height: int


class ImageFetcher(Protocol):
    def fetch(self, url: str, seconds: float) -> Image:
        """The picture at a URL, within so many seconds whatever the server does. Raises NotFetched."""


class FakeImages:
    """Has the pictures that a test gives it; `asked` are the URLs so far."""

    def __init__(self, images: Mapping[str, Image]):
        self.images, self.asked = dict(images), []

    def fetch(self, url: str, seconds: float) -> Image:
        """As in ImageFetcher."""
        self.asked.append(url)
        if url not in self.images:
            raise NotFetched(_("The other server says that there is nothing (%(status)d).", status=404))
        return self.images[url]
