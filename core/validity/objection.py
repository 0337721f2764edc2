"""What to say to a person whose address is not taken, at once and in a way that helps."""

from ..text import Text, _
from .verdict import Reason, Status, Validity

WHY = {
    Reason.SYNTAX: _("“%(email)s” is not a mail address."),
    Reason.NO_DOMAIN: _("“%(email)s” cannot get mail: “%(domain)s” does not exist."),
    Reason.NO_MAIL: _("“%(email)s” cannot get mail: “%(domain)s” takes none."),
    Reason.NO_SERVER: _("“%(email)s” cannot get mail: “%(domain)s” takes none."),
}

SHOWN = 100  # characters: whoever types a megabyte is not sent it back


def objection(email: str, validity: Validity, is_confirmed: bool = False) -> Text | None:
    """Why an address that somebody has just typed is not taken; None where it is.

    What may be a slip is asked about once: whoever sends the same again means it. What is dead stays dead.
    """
    if validity.status is Status.INVALID:
        domain = email.rpartition("@")[2]
        why = Text(WHY[validity.reason].source, {"email": _shortened(email), "domain": _shortened(domain)})
        if validity.suggestion:
            return _("%(why)s Did you mean %(suggestion)s?", why=why, suggestion=validity.suggestion)
        return _("%(why)s Please look at it again.", why=why)
    if validity.reason is Reason.TYPO and not is_confirmed:
        return _(
            "Did you mean %(suggestion)s? If “%(email)s” is right, send it once more.",
            suggestion=validity.suggestion,
            email=_shortened(email),
        )
    return None


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
