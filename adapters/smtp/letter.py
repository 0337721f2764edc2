"""What goes to the wire, and what comes back: values only, no database."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from typing import Protocol

from ...core.replies import SmtpReply, Stage, Verdict
from ...core.text import Text


class Connection(Protocol):
    """The part of an open, greeted and authenticated `smtplib.SMTP` that is used."""

    sock: socket.socket
    file: BufferedReader | None
    esmtp_features: dict[str, str]

    def has_extn(self, opt: str) -> bool: ...
    def quit(self) -> tuple[int, bytes]: ...
    def close(self) -> None: ...


class NotNow(Exception):
    """A letter cannot be made at this moment, and nobody is to blame for that."""


@dataclass(frozen=True)
class Route:
    """The way mails of one mailing go: `key` tells whether an open connection can be used for it."""

    key: tuple
    sender: str  # envelope sender, ASCII
    per_connection: int
    # Opens, secures and authenticates; None where Odoo connects to nothing (its own tests)
    connect: Callable[[], Connection | None]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail for one recipient, whose domain is ASCII; its bytes are made when its turn comes.

    `make` returns a complete message (RFC 5322, CRLF, not dot-stuffed). What it raises fails this letter alone;
    NotNow brings it back untouched.
    """

    trace_id: int
    recipient: str
    make: Callable[[], bytes]
    needs_stuffing: bool = True  # whether a line of it may begin with a dot; to look costs a tenth of a mail
    return_path: str = ""  # an envelope sender of its own, ASCII; else the route's


@dataclass(frozen=True, slots=True)
class Parcel:
    """Letters that one connection carries, if its share is not used up before."""

    route: Route
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a letter: the verdict, the stage it reached, the server's reply or our own reason."""

    trace_id: int
    verdict: Verdict
    stage: Stage = Stage.CONNECT
    reply: SmtpReply | None = None
    reason: Text | None = None


class Journal(Protocol):
    """Remembers, where a crash cannot reach it, which letters may have been taken without our knowing."""

    def handing_over(self, trace_id: int) -> None:
        """The next write may complete the message."""

    def answered(self, outcome: Outcome) -> None:
        """A letter that was begun is at its end; with AGAIN nothing of it was taken."""
