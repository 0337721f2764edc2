"""What became of a test mail, in words."""

from .replies import SmtpReply, Verdict
from .text import Text, _


def told(server: str, verdict: Verdict, reply: SmtpReply | None, reason: Text | None) -> Text:
    """The end of a sentence that begins with an address.

    :param server: the mail server's name
    :param reason: what we know better than the server's reply
    """
    if verdict is Verdict.SENT:
        return _("accepted by %(server)s: %(reply)s", server=server, reply=str(reply or "250"))
    if verdict is Verdict.IN_DOUBT:
        return _("in doubt, the connection with %(server)s broke after it was handed over", server=server)
    if verdict is Verdict.UNTOUCHED:
        return _("not sent, %(server)s did not answer in time", server=server)
    if reason:
        return _("not sent: %(reason)s", reason=reason)
    if verdict is Verdict.DEFERRED:
        return _("not accepted for now: %(reply)s", reply=str(reply))
    return _("refused: %(reply)s", reply=str(reply))
