"""A finished message as its recipient sees it, for somebody who looks at it before."""

from .document import document, has_dark_colours
from .message import MessagePreview, PreviewedFile, read

__all__ = ["MessagePreview", "PreviewedFile", "document", "has_dark_colours", "read"]
