"""Attached files and embedded pictures, encoded once for all recipients."""

import hashlib
import re
from dataclasses import dataclass, field
from email.message import MIMEPart
from email.parser import BytesParser
from email.policy import SMTP

from ..headers import printable

_MIME_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")


@dataclass(frozen=True)
class EncodedFile:
    """A whole MIME part with CRLF, without a final line break; shown and told apart by its digest."""

    data: bytes = field(repr=False, compare=False)
    digest: str


@dataclass(frozen=True)
class Attachment:
    """A file: its name as people see it, its MIME type, and its content.

    With a Content-ID (without brackets) it is a picture that the HTML shows as `cid:…` (RFC 2392).
    """

    name: str
    mimetype: str
    content: bytes
    content_id: str = ""

    def encode(self) -> EncodedFile:
        """To be done once for all recipients."""
        data = self._part().as_bytes().rstrip(b"\r\n")
        return EncodedFile(data, hashlib.sha256(data).hexdigest())

    def _part(self) -> MIMEPart:
        part = MIMEPart(policy=SMTP)
        # one blank between words: DKIM's canonical form has no more (RFC 6376 section 3.4.4)
        name = " ".join(printable(self.name).split()) or "attachment"
        if self.mimetype == "message/rfc822":
            # a message may not be base64 (RFC 2046 section 5.2.1)
            part.set_content(BytesParser(policy=SMTP).parsebytes(self.content), filename=name, disposition="attachment")
        else:
            mimetype = self.mimetype if _MIME_TYPE.fullmatch(self.mimetype or "") else "application/octet-stream"
            part.set_content(self.content, *mimetype.split("/"), filename=name, **self._place())
        return part

    def _place(self) -> dict[str, str]:
        return (
            {"disposition": "inline", "cid": f"<{self.content_id}>"}
            if self.content_id
            else {"disposition": "attachment"}
        )
