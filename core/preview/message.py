"""A message read back from its bytes."""

import base64
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True)
class PreviewedFile:
    """An attached file: name and size in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class MessagePreview:
    """Headers in their order and decoded, the parts (None where there is none), pictures by Content-ID, files."""

    headers: tuple[tuple[str, str], ...]
    html: str | None
    text: str | None
    pictures: dict[str, str]  # as data: addresses
    files: tuple[PreviewedFile, ...]
    size: int

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def read(raw: bytes) -> MessagePreview:
    """What a mail program makes of the bytes of a message."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return MessagePreview(
        headers=tuple((name, str(value)) for name, value in message.items()),
        html=_content(message, "html"),
        text=_content(message, "plain"),
        pictures=dict(_pictures(message)),
        files=tuple(PreviewedFile(part.get_filename() or "", len(_data(part))) for part in message.iter_attachments()),
        size=len(raw),
    )


def _content(message: EmailMessage, subtype: str) -> str | None:
    part = message.get_body((subtype,))
    return part.get_content() if part is not None else None


def _pictures(message: EmailMessage):
    for part in message.walk():
        if part.get_content_maintype() == "image" and part["Content-ID"]:
            data = base64.b64encode(_data(part)).decode()
            yield part["Content-ID"].strip(" <>"), f"data:{part.get_content_type()};base64,{data}"


def _data(part: EmailMessage) -> bytes:
    # an attached message is no bytes but a message
    return part.get_payload(decode=True) or b"".join(bytes(inner) for inner in part.iter_parts())
