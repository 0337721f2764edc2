"""Why no connection came about, in a plain sentence."""

import smtplib
import ssl

from ...core.replies import SmtpReply, parse
from ...core.text import Text, _


def explain(error: Exception) -> tuple[SmtpReply | None, Text]:
    """The server's words (if it said any) and what they mean, for an exception while connecting."""
    reply = parse(error.smtp_code, error.smtp_error) if isinstance(error, smtplib.SMTPResponseException) else None
    words = str(reply) if reply else " ".join(str(error).split())[:300] or type(error).__name__
    return reply, _("%(problem)s It says: %(words)s", problem=_problem(error), words=words)


def _problem(error: Exception) -> Text:
    if _is_silence(error):
        return _("The mail server does not answer.")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("The mail server does not accept our user name or password.")
    if isinstance(error, ssl.SSLError):
        return _("No secure connection with the mail server could be made.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _("The mail server does not offer the log-in or encryption that is set for it.")
    if isinstance(error, smtplib.SMTPException):
        return _("The mail server refuses the connection.")
    if isinstance(error, OSError):
        return _("The mail server cannot be reached.")
    return _("The outgoing mail server cannot be used.")


def is_passing(error: Exception) -> bool:
    """Whether the server itself asks us to come back (RFC 5321, 3.1: 4yz instead of the greeting), or just hangs up.

    The latter is also what smtplib makes of a 421 to EHLO: it says HELO to a connection that is closed by then.
    """
    if _is_silence(error):
        return False
    if isinstance(error, (smtplib.SMTPServerDisconnected, ConnectionError)):  # the latter while it is restarted
        return True
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500


def _is_silence(error: Exception) -> bool:
    """Whether we have waited in vain; smtplib calls that a closed connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
