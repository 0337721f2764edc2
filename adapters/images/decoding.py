"""Whether bytes are a picture, by what is in them: what a server calls them counts for nothing."""

import io
import re
import threading

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from ...core.text import _
from .fetcher import Image, NotFetched

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_XML = re.compile(rb"\s*(<\?xml|<!--|<svg|<!doctype svg)", re.IGNORECASE)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# a progressive JPEG goes over all its pixels once for each of these; ten or so are usual, thousands take hours
_SCAN, _MOST_SCANS = b"\xff\xda", 100
_one_at_a_time = threading.Lock()  # the pixels of one take 100 MB


def decoded(content: bytes, most_pixels: int) -> Image:
    """The picture in bytes. Raises NotFetched."""
    try:
        with _one_at_a_time, Pillow.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > most_pixels:
                raise _too_many_pixels(picture, most_pixels)
            if picture.format == "JPEG" and content.count(_SCAN) > _MOST_SCANS:
                raise NotFetched(_("The picture takes too long to read."))
            picture.load()
            return Image(content, Pillow.MIME[picture.format], picture.width, picture.height)
    except NotFetched:
        raise
    except UnidentifiedImageError as error:
        raise NotFetched(_why_none(content)) from error
    except Pillow.DecompressionBombError as error:
        raise NotFetched(_("The picture has far too many pixels.")) from error
    except Exception as error:  # Pillow has many kinds for one that ends too early or contradicts itself
        raise NotFetched(_("The picture is damaged.")) from error


def _too_many_pixels(picture: Pillow.Image, most: int) -> NotFetched:
    return NotFetched(
        _(
            "The picture has %(width)d by %(height)d pixels, more than %(most)d million.",
            width=picture.width,
            height=picture.height,
            most=most // 10**6,
        )
    )


def _why_none(content: bytes):
    if _XML.match(content.removeprefix(_BYTE_ORDER_MARK)) and b"<svg" in content[:4096].lower():
        return _("It is a drawing (SVG), which may hold programs and which most mail programs do not show. Use a PNG.")
    return _("What came is not a picture (PNG, JPEG, GIF or WebP).")
