"""One mail over an open connection, command by command, so that it is known how far it got."""

import smtplib

from ...core.idn import needs_smtputf8
from ...core.replies import AUTHENTICATION_CODES, SmtpReply, Stage, Verdict, judge, parse
from ...core.text import Text, _
from .letter import Connection, Letter, Outcome

# smtplib raises these where a reply does not come or is no reply (a line without end, a code that is no number)
BROKEN = (smtplib.SMTPException, OSError, ValueError)


def send(connection: Connection, sender: str, letter: Letter) -> Outcome:
    """Hand over one letter.

    :param sender: envelope sender, ASCII (RFC 5321, 3.3)
    :return: never raises for what the server does; verdict AGAIN or IN_DOUBT means that the connection is of no
        more use
    """
    options = _mail_options(connection, letter)
    if options is None:
        return _cannot_carry(letter)
    stage, reply = _transact(connection, sender, letter, options)
    verdict = judge(stage, reply)
    reason = _refusal(sender, reply) if verdict is Verdict.SERVER_TROUBLE else None
    return Outcome(letter.trace_id, verdict, stage, reply, reason)


def _refusal(sender: str, reply: SmtpReply) -> Text:
    if reply.code in AUTHENTICATION_CODES:
        return _("The mail server wants us to log in. It says: %(words)s", words=str(reply))
    return _("The mail server does not let us send as %(sender)s. It says: %(words)s", sender=sender, words=str(reply))


def _mail_options(connection: Connection, letter: Letter) -> str | None:
    """Parameters of MAIL FROM; None where the server cannot carry the recipient's address."""
    if not needs_smtputf8(letter.recipient):
        return ""
    if not connection.has_extn("smtputf8"):
        return None
    connection.command_encoding = "utf-8"
    return " SMTPUTF8 BODY=8BITMIME"  # RFC 6531, 3.4


def _cannot_carry(letter: Letter) -> Outcome:
    reason = _("Our mail server cannot send to addresses with letters such as é before the @ (SMTPUTF8).")
    return Outcome(letter.trace_id, Verdict.FAILED, Stage.MAIL, reason=reason)


def _transact(connection: Connection, sender: str, letter: Letter, options: str) -> tuple[Stage, SmtpReply | None]:
    """The stage of the decisive reply, and the reply; None where the connection broke at that stage."""
    commands = (
        (Stage.MAIL, "MAIL", f"FROM:<{sender}>{options}"),
        (Stage.RCPT, "RCPT", f"TO:<{letter.recipient}>"),
        (Stage.DATA, "DATA", ""),
    )
    for stage, command, arguments in commands:
        reply = _command(connection, command, arguments)
        if reply is None or not reply.is_positive:
            return stage, reply
    return _message(connection, letter.content)


def _command(connection: Connection, command: str, arguments: str) -> SmtpReply | None:
    try:
        return parse(*connection.docmd(command, arguments))
    except BROKEN:
        return None


def _message(connection: Connection, content: bytes) -> tuple[Stage, SmtpReply | None]:
    """Send the message with its final dot, without which a server must not accept it (RFC 5321, 4.1.1.4)."""
    try:
        # One write: a dot on its own would wait for the acknowledgement of what went before (Nagle, 40 ms a mail).
        # Where this raises, its last bytes were not taken by our own kernel.
        connection.send(stuffed(content) + b".\r\n")
    except BROKEN:
        return Stage.DATA, None
    try:
        return Stage.DOT, parse(*connection.getreply())
    except BROKEN:
        # Also after a TCP reset: a proxy sends one on its own account, when the server behind it has the mail already
        return Stage.DOT, None


def stuffed(content: bytes) -> bytes:
    """The message for DATA without the final dot: lines that begin with a dot get another (RFC 5321, 4.5.2)."""
    body = content.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def reset(connection: Connection) -> bool:
    """Forget a refused transaction (RSET), so that the next can begin; whether the connection is still good."""
    reply = _command(connection, "RSET", "")
    return reply is not None and reply.is_positive
