"""From bytes to a report: the first detector that knows the mail says what it is, one set of rules what that means."""

from dataclasses import replace

from . import codes
from .detectors import DETECTORS
from .evidence import Evidence, Finding
from .judgement import judge
from .letter import Letter, read
from .reasons import Reason, Severity
from .report import MOST_RECIPIENTS, BounceReport, Kind, RecipientFailure

LONGEST_KEPT = 500  # of the diagnostic
LONGEST_ADDRESS = 320


def classify(raw: bytes) -> BounceReport:
    """What a mail says of mails of ours. Never raises: what cannot be read is no bounce."""
    try:
        return _report(read(raw))
    except Exception:  # a stranger's mail: the headers of broken ones raise nearly anything
        return BounceReport(Kind.NOT_A_BOUNCE)


def _report(letter: Letter) -> BounceReport:
    finding = next(filter(None, (_found(detect, letter) for detect in DETECTORS)), Finding(Kind.NOT_A_BOUNCE))
    failures = _failures(finding, letter)
    message_id = finding.original_message_id or letter.original_message_id
    # a report that is passed on is another mail than the one that it returns
    date = letter.original_date if message_id == letter.original_message_id else None
    return BounceReport(finding.kind, failures, message_id, finding.feedback_type, date)


def _found(detect, letter: Letter) -> Finding | None:
    """What a detector finds; one that a broken mail trips up leaves it to the others."""
    try:
        return detect(letter)
    except Exception:
        return None


def _failures(finding: Finding, letter: Letter) -> tuple[RecipientFailure, ...]:
    is_failure = finding.kind in (Kind.BOUNCE, Kind.DELAY)
    found = {}
    for evidence in finding.evidence[:MOST_RECIPIENTS]:
        found.setdefault(evidence.address.lower(), _judged(evidence) if is_failure else _named(evidence))
    if is_failure and len(found) == 1 and (told := _judged_by_all(finding.evidence[0], letter, *found.values())):
        return (told,)
    return tuple(found.values())


def _judged_by_all(evidence: Evidence, letter: Letter, failure: RecipientFailure) -> RecipientFailure | None:
    """Where the recipient's own words tell no cause, the rest of the report may: there is nobody else it can mean."""
    if failure.reason not in (Reason.ON_HOLD, Reason.UNDEFINED):
        return None
    told = _judged(replace(evidence, diagnostic=f"{evidence.diagnostic} {letter.subject} {letter.words}"))
    is_known = told.reason not in (Reason.ON_HOLD, Reason.UNDEFINED)
    return replace(told, diagnostic=failure.diagnostic or told.diagnostic) if is_known else None


def _named(evidence: Evidence) -> RecipientFailure:
    """Somebody who complains, or answers: nothing is held against them."""
    return RecipientFailure(evidence.address[:LONGEST_ADDRESS], Severity.SOFT, Reason.UNDEFINED)


def _judged(evidence: Evidence) -> RecipientFailure:
    words = " ".join(evidence.diagnostic[: codes.LONGEST_DIAGNOSTIC].replace("\0", " ").split())
    status = codes.status(words) or evidence.status
    if evidence.status and codes.is_vague(status):
        status = evidence.status
    code = codes.reply_code(words)
    severity, reason = judge(status, code, words, evidence.command)
    if evidence.is_delayed:
        severity = Severity.SOFT if severity is Severity.HARD else severity
        reason = reason if words and reason is not Reason.ON_HOLD else Reason.EXPIRED
    return RecipientFailure(evidence.address[:LONGEST_ADDRESS], severity, reason, status, code, words[:LONGEST_KEPT])
