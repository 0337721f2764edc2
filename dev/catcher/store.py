"""What was caught: an mbox file that any mail reader opens, and the counts that a delivery is judged by."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path

NEEDS_QUOTE = re.compile(rb"^(>*From )", re.MULTILINE)
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def identity(address: str) -> str:
    """One spelling for all spellings of a mailbox: lower case, the domain as A-labels (RFC 5891)."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local}@{_a_labels(domain)}"


@lru_cache(maxsize=4096)
def _a_labels(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # not a domain at all: its own spelling is the best there is


@dataclass(frozen=True, slots=True)
class Caught:
    """One message as the client handed it over: its envelope, and where its bytes are."""

    number: int
    sender: str
    recipients: tuple[str, ...]
    at: float
    size: int
    offset: int | None  # None: counted, not kept


class Store:
    """Keeps messages in `mails.mbox` (mboxrd, CRLF kept) and counts them; safe to read from another thread.

    `keep` is how many messages are kept, None for all; those after it are counted only.
    """

    def __init__(self, folder: Path | None = None, keep: int | None = None):
        self.mails: list[Caught] = []
        self.connections = 0
        self.recipients: Counter[str] = Counter()
        self.mails_of_connection: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._path = Path(folder) / "mails.mbox" if folder else None
        self._keep = keep if folder else 0
        self._file = self._path.open("wb", buffering=1 << 20) if self._path else None

    def connected(self) -> int:
        """Count a connection; its number."""
        self.connections += 1
        return self.connections

    def add(self, connection: int, sender: str, recipients: tuple[str, ...], message: bytes) -> Caught:
        """Keep one message, dots unstuffed; count each of its envelope recipients."""
        with self._lock:
            number = len(self.mails) + 1
            is_kept = self._keep is None or number <= self._keep
            offset = self._write(sender, message) if is_kept else None
            caught = Caught(number, sender, recipients, time.time(), len(message), offset)
            self.mails.append(caught)
            self.recipients.update(map(identity, recipients))
            self.mails_of_connection[connection] += 1
            return caught

    def message(self, number: int) -> bytes | None:
        """The bytes of the message with this number, counted from 1; None if there is none, or it was not kept."""
        with self._lock:
            if not 1 <= number <= len(self.mails) or self.mails[number - 1].offset is None:
                return None
            self._file.flush()
        caught = self.mails[number - 1]
        with self._path.open("rb") as file:
            file.seek(caught.offset)
            quoted = file.read(caught.size + _room_for_quotes(caught.size))
        return QUOTED.sub(rb"\1", quoted)[: caught.size]

    def counters(self) -> dict:
        """The counts, as plain values; `twice` names the mailboxes that got more than one message."""
        with self._lock:
            return {
                "mails": len(self.mails),
                "bytes": sum(mail.size for mail in self.mails),
                "unique_recipients": len(self.recipients),
                "twice": sorted(address for address, count in self.recipients.items() if count > 1),
                "connections": self.connections,
                "most_mails_per_connection": max(self.mails_of_connection.values(), default=0),
                "first_at": self.mails[0].at if self.mails else None,
                "last_at": self.mails[-1].at if self.mails else None,
            }

    def clear(self) -> None:
        """Begin again from nothing."""
        with self._lock:
            self.mails.clear()
            self.recipients.clear()
            self.mails_of_connection.clear()
            self.connections = 0
            if self._file:
                self._file.seek(0)
                self._file.truncate()

    def close(self) -> None:
        """Have everything on disk."""
        if self._file:
            self._file.close()

    def _write(self, sender: str, message: bytes) -> int:
        file = self._file
        file.write(b"From %b %b\r\n" % (sender.encode() or b"MAILER-DAEMON", formatdate().encode()))
        offset = file.tell()
        file.write(NEEDS_QUOTE.sub(rb">\1", message) if b"From " in message else message)  # looking first is quicker
        file.write(b"\r\n")
        return offset


def _room_for_quotes(size: int) -> int:
    return size // 6 + 1  # each quote costs one byte, for a line of at least six
