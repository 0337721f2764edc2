"""The part of `requests.Session` with which Odoo fetches pictures for Outlook, without its freedom to go anywhere."""

from collections.abc import Callable, Iterator

from .fetcher import Image


class ImageSession:
    """Gets pictures with a function of URL and seconds, which raises NotFetched."""

    def __init__(self, fetch: Callable[[str, float], Image]):
        self._fetch = fetch

    def get(self, url: str, timeout: float) -> "_Response":
        """The picture as an answer of `requests`."""
        return _Response(self._fetch(url, timeout).content)


class _Response:
    def __init__(self, content: bytes):
        self.content, self.headers = content, {"Content-Length": str(len(content))}

    def raise_for_status(self) -> None:
        """It was given: whatever else happened has been raised already."""

    def iter_content(self, size: int) -> Iterator[bytes]:
        for start in range(0, len(self.content), size):
            yield self.content[start : start + size]
