"""When so many recipients are refused that going on would do harm, and a person should look first."""

from dataclasses import dataclass

from .replies import SmtpReply, Stage, severity
from .text import Text, _

# Fewer say nothing: among the first few of any list some are bad
FEWEST_RESULTS = 50
# Lists that are kept have under 2 % unknown addresses; providers begin to distrust a sender at about 10 %. A third is
# no accident: the list is old, bought, or the wrong one
MOST_UNKNOWN = 0.30
# "We do not want this mail" (RFC 3463, X.7.X) is said of the sender, so everybody there will hear the same; twenty,
# because single firms' filters say it of single mails
FEWEST_POLICY = 20
MOST_POLICY = 0.20
# Whatever the reason: when half of them fail, the mailing does not do what it is for
MOST_FAILED = 0.50

KINDS = {"hard": "unknown", "policy": "policy"}
LONGEST_GIST = 160
SHORTEST_SESSION_ID = 12


@dataclass(frozen=True)
class Refusals:
    """What was counted since the mailing began, or since somebody resumed it.

    `receiver` is who refuses most by policy (a provider or domain; "" where it is many), `reply` their usual answer, or
    of all failures the most frequent where there are none by policy.
    """

    results: int
    unknown: int = 0
    policy: int = 0
    failed: int = 0
    receiver: str = ""
    reply: str = ""


def kind(stage: Stage | None, reply: SmtpReply | None) -> str:
    """Of which kind a failure is: "unknown" address, "policy" or "other"."""
    return KINDS.get(severity(stage, reply), "other")


def gist(answer: str) -> str:
    """An answer without what differs from recipient to recipient, so that equal ones can be counted."""
    return " ".join("…" if _differs(word) else word for word in answer.split())[:LONGEST_GIST]


def _differs(word: str) -> bool:
    """Whether it looks like an address or like the number of a message or session."""
    if "@" in word:
        return True
    is_long = len(word) >= SHORTEST_SESSION_ID and not word.startswith("http")
    return is_long and any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def alarm(refusals: Refusals) -> Text | None:
    """Why the mailing should pause, or None where all is well."""
    if refusals.policy >= FEWEST_POLICY and refusals.policy >= MOST_POLICY * refusals.results:
        return _refused(refusals)
    if refusals.results < FEWEST_RESULTS:
        return None
    if refusals.unknown >= MOST_UNKNOWN * refusals.results:
        return _(
            "The list seems old: %(unknown)d of %(results)d addresses do not exist. Providers distrust who mails such "
            "lists. Clean the list, or resume to go on all the same.",
            unknown=refusals.unknown,
            results=refusals.results,
        )
    if refusals.failed >= MOST_FAILED * refusals.results:
        return _(
            "%(failed)d of %(results)d recipients could not be mailed. The most frequent answer: %(reply)s",
            failed=refusals.failed,
            results=refusals.results,
            reply=refusals.reply,
        )
    return None


def _refused(refusals: Refusals) -> Text:
    if refusals.receiver:
        return _("Our mail is refused by %(receiver)s: %(reply)s", receiver=refusals.receiver, reply=refusals.reply)
    return _(
        "%(policy)d of %(results)d recipients' mail servers refuse our mail. The most frequent answer: %(reply)s",
        policy=refusals.policy,
        results=refusals.results,
        reply=refusals.reply,
    )
