"""What goes before a message: MAIL, RCPT and DATA, with what the server offers (RFC 1870, 6152, 6531)."""

import re
from dataclasses import dataclass

from ...core.idn import needs_smtputf8
from ...core.replies import Stage
from ...core.text import Text, _
from .letter import Connection, Letter

MEGABYTE = 1_000_000
# searches from dot to dot, which are fewer than line ends: several times as fast as replace() with two or three bytes
DOT_AT_LINE_START = re.compile(rb"\.(?<=\n\.)")


@dataclass(frozen=True)
class Offers:
    """The server's extensions that make a difference to us."""

    pipelining: bool = False
    eight_bit: bool = False
    smtputf8: bool = False
    size: bool = False
    largest: int = 0  # bytes; 0: not told

    @classmethod
    def of(cls, connection: Connection) -> "Offers":
        """What a connection's EHLO has brought."""
        has = connection.has_extn
        told = str(connection.esmtp_features.get("size", "")).split()
        largest = int(told[0]) if told and told[0].isdecimal() else 0
        return cls(has("pipelining"), has("8bitmime"), has("smtputf8"), has("size"), largest)


class CannotCarry(Exception):
    """The server cannot take this letter; nothing needs to be sent to know it."""

    def __init__(self, stage: Stage, reason: Text):
        super().__init__(str(reason))
        self.stage, self.reason = stage, reason


def envelope(offers: Offers, sender: str, letter: Letter, content: bytes) -> bytes:
    """The three commands, a line each.

    :param sender: envelope sender, ASCII (RFC 5321, 3.3)
    :raises CannotCarry: in which case the stage tells what is to blame: MAIL for the address
    """
    recipient = letter.recipient
    if not recipient.isprintable() or not sender.isprintable():
        # a line break would begin a command of somebody else's
        raise CannotCarry(Stage.MAIL, _("The address contains signs that no address can have."))
    options = f" SIZE={len(content)}" if offers.size else ""
    if 0 < offers.largest < len(content):
        raise CannotCarry(Stage.DATA, _too_large(len(content), offers.largest))
    if needs_smtputf8(recipient):
        options += _smtputf8(offers)
    if not content.isascii():
        options += _eight_bit(offers)
    return f"MAIL FROM:<{sender}>{options}\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode()


def _smtputf8(offers: Offers) -> str:
    if not offers.smtputf8:
        reason = _("Our mail server cannot send to addresses with letters such as é before the @ (SMTPUTF8).")
        raise CannotCarry(Stage.MAIL, reason)
    return " SMTPUTF8"


def _eight_bit(offers: Offers) -> str:
    if not offers.eight_bit and not offers.smtputf8:  # RFC 6531, 3.1: who offers the one has to know the other
        raise CannotCarry(Stage.DATA, _("Our mail server cannot take this mail as it is (8BITMIME)."))
    return " BODY=8BITMIME"


def _too_large(size: int, largest: int) -> Text:
    megabytes = {"size": f"{size / MEGABYTE:.1f}", "largest": f"{largest / MEGABYTE:.1f}"}
    return _("The mail has %(size)s MB, and our mail server takes at most %(largest)s MB.", **megabytes)


def stuffed(content: bytes) -> bytes:
    """The message for DATA without the final dot: lines that begin with a dot get another (RFC 5321, 4.5.2).

    Also after a bare LF, where some servers see a line (and with ".", the end of the message).
    """
    body = DOT_AT_LINE_START.sub(b"..", content)
    if body.startswith(b"."):
        body = b"." + body
    return body if body.endswith(b"\r\n") else body + b"\r\n"
