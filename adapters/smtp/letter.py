"""What goes to the SMTP threads, and what comes back: values only, no database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ...core.replies import SmtpReply, Stage, Verdict
from ...core.text import Text


class Connection(Protocol):
    """The part of an open, greeted and authenticated `smtplib.SMTP` that a transaction uses."""

    command_encoding: str

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]: ...
    def putcmd(self, cmd: str, args: str = "") -> None: ...
    def getreply(self) -> tuple[int, bytes]: ...
    def send(self, s: bytes) -> None: ...
    def has_extn(self, opt: str) -> bool: ...
    def quit(self) -> tuple[int, bytes]: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Route:
    """The way mails of one mailing go: `key` tells whether an open connection can be used for it."""

    key: tuple
    sender: str  # envelope sender, ASCII
    per_connection: int
    # Opens, secures and authenticates; None where Odoo connects to nothing (its own tests)
    connect: Callable[[], Connection | None]


@dataclass(frozen=True)
class Letter:
    """One complete message (RFC 5322, CRLF, not dot-stuffed) for one recipient, whose domain is ASCII."""

    trace_id: int
    recipient: str
    content: bytes


@dataclass(frozen=True)
class Parcel:
    """Letters that one thread sends one after the other."""

    route: Route
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class Outcome:
    """What is known of a letter: the verdict, the stage it reached, the server's reply or our own reason."""

    trace_id: int
    verdict: Verdict
    stage: Stage = Stage.CONNECT
    reply: SmtpReply | None = None
    reason: Text | None = None
