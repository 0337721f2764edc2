"""Pictures of a mailing: where they stand in its HTML, which are our own, and where others may be fetched from."""

from .icon import icon_asked
from .in_html import picture_urls, with_pictures
from .own import OwnPicture, own_picture
from .public_addresses import is_public
from .web_address import BadWebAddress, WebAddress, external

__all__ = [
    "BadWebAddress",
    "OwnPicture",
    "WebAddress",
    "external",
    "icon_asked",
    "is_public",
    "own_picture",
    "picture_urls",
    "with_pictures",
]
