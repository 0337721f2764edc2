"""Many pictures within a time that somebody is willing to wait."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from ...core.text import _
from ..deadline import Deadline
from .fetcher import Image, ImageFetcher, NotFetched

THREADS = 4


def fetch_all(
    fetcher: ImageFetcher, urls: Iterable[str], seconds: float, most_bytes: int
) -> dict[str, Image | NotFetched]:
    """What became of each URL, each asked for once; those for which there is no time or room left are not fetched."""
    deadline, room = Deadline(time.monotonic, seconds), most_bytes

    def fetch(url: str) -> Image | NotFetched:
        nonlocal room
        try:
            if room <= 0:
                return NotFetched(_("There is no room left: together the pictures are too large."))
            image = fetcher.fetch(url, deadline.left())
        except NotFetched as failure:
            return failure
        except TimeoutError:
            return NotFetched(_("There was no time left. Try again."))
        room -= len(image.content)
        return image

    urls = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(THREADS, thread_name_prefix="pictures") as pool:
        return dict(zip(urls, pool.map(fetch, urls), strict=True))
