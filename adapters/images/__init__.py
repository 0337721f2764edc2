"""Pictures from other servers, fetched without letting anybody look around in our own network."""

from .as_session import ImageSession
from .decoding import decoded
from .fetcher import FakeImages, Image, ImageFetcher, NotFetched
from .in_all import fetch_all
from .limits import Limits
from .names import Names
from .web import WebFiles, WebImages

__all__ = [
    "FakeImages",
    "Image",
    "ImageFetcher",
    "ImageSession",
    "Limits",
    "Names",
    "NotFetched",
    "WebFiles",
    "WebImages",
    "decoded",
    "fetch_all",
]
