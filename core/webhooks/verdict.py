"""How bad it is, and why: the receiving server's words, and the class that the provider has put them into."""

from ..bounces import Reason, Severity, codes, judge

_SAY_NOTHING = (Reason.ON_HOLD, Reason.UNDEFINED)


def verdict(
    told: tuple[Severity, Reason | None], status: str, code: str, words: str, at_worst: Severity | None = None
) -> dict:
    """The values of an `Event`: by the words where they say something, else as the provider tells.

    :param told: the provider's severity, and its reason if the class names one
    :param at_worst: words are not believed to be worse than that; without: not worse than what the provider tells
    """
    severity, reason = judge(status, code, words)
    if reason in _SAY_NOTHING or (told[0] is Severity.POLICY and severity is not Severity.POLICY):
        severity, reason = told[0], told[1] or reason
    elif severity is Severity.HARD:
        severity = at_worst or told[0]
    return {
        "severity": severity,
        "reason": reason,
        "enhanced_status_code": status or codes.status(words),
        "smtp_reply_code": code or codes.reply_code(words),
        "diagnostic": words,
    }
