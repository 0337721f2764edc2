"""What a delivery status notification (RFC 3464) says of each recipient."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_MAILBOX_FULL = "5.2.2"  # passes by itself, whatever its first figure says (RFC 3463, 3.3)
LONGEST_DIAGNOSTIC = 500


@dataclass(frozen=True)
class DeliveryStatus:
    """One recipient's fields: what happened, the enhanced status code ("" if there is none), the server's words."""

    action: str
    code: str
    diagnostic: str = ""

    def __str__(self):
        return self.diagnostic if self.code in self.diagnostic else f"{self.code} {self.diagnostic}".strip()

    @property
    def has_failed(self) -> bool:
        """Whether whoever reports has given up; it may as well tell of a delay, or that the mail has arrived."""
        return self.action == "failed"

    @property
    def is_soft(self) -> bool:
        """Whether another attempt may succeed."""
        return self.code.startswith("4.") or self.code == _MAILBOX_FULL


def read(report: Message) -> tuple[DeliveryStatus, ...]:
    """What the report says of its recipients; nothing where it is none that can be read. Never raises."""
    try:
        return tuple(_statuses(report))
    except Exception:  # a stranger's mail: the parts and headers of broken ones raise nearly anything
        return ()


def _statuses(report: Message) -> Iterator[DeliveryStatus]:
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload():
            if "Action" in fields:  # the first block tells of the message, not of a recipient
                yield _status(fields)


def _status(fields: Message) -> DeliveryStatus:
    code = _STATUS.search(str(fields.get("Status", "")))
    # "smtp; 452 4.2.2 Mailbox full": the words begin after their kind (RFC 3464, 2.3.6)
    words = str(fields.get("Diagnostic-Code", "")).rpartition(";")[2].replace("\0", " ")
    action = str(fields["Action"]).strip().lower()
    return DeliveryStatus(action, code[0] if code else "", " ".join(words.split())[:LONGEST_DIAGNOSTIC])
