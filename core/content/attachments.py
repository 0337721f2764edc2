"""Attached files, encoded once for all recipients."""

import re
from dataclasses import dataclass
from email.message import MIMEPart
from email.parser import BytesParser
from email.policy import SMTP

from ..headers import printable

_MIME_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")


@dataclass(frozen=True)
class Attachment:
    """A file: its name as people see it, its MIME type, and its content."""

    name: str
    mimetype: str
    content: bytes

    def encode(self) -> bytes:
        """The whole MIME part, with CRLF, without a final line break."""
        part = MIMEPart(policy=SMTP)
        name = printable(self.name) or "attachment"
        if self.mimetype == "message/rfc822":
            # a message may not be base64 (RFC 2046 section 5.2.1)
            part.set_content(BytesParser(policy=SMTP).parsebytes(self.content), filename=name, disposition="attachment")
        else:
            mimetype = self.mimetype if _MIME_TYPE.fullmatch(self.mimetype or "") else "application/octet-stream"
            part.set_content(self.content, *mimetype.split("/"), filename=name, disposition="attachment")
        return part.as_bytes().rstrip(b"\r\n")
