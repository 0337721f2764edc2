"""RFC 5965: somebody complains, by way of their provider's feedback loop."""

import re

from ..addresses import addresses_in
from ..evidence import Evidence, Finding
from ..letter import Letter
from ..report import Kind

# feedback types: a person says that it is no spam; a machine found the signature wrong (RFC 6591)
NO_COMPLAINTS = ("not-spam", "auth-failure")
_TYPE = re.compile(r"^Feedback-Type:\s*([\w-]{1,40})", re.IGNORECASE | re.MULTILINE)
_WHO = re.compile(r"^(?:Original-Rcpt-To|Removal-Recipient):([^\n]{1,400})", re.IGNORECASE | re.MULTILINE)
# Microsoft's Junk Mail Reporting Partner Program sends the mail itself, with the reader's address in a header
_JUNK_REPORT = "X-HmXmrOriginalRecipient"
# ... or without, as Amazon does
_COMPLAINT = re.compile(r"complaint about message from\b", re.IGNORECASE)
_REPORTERS = re.compile(r"\bstaff@|\bcomplaints@")


def feedback_report(letter: Letter) -> Finding | None:
    """A complaint; who complains is often withheld."""
    fields = letter.fields.get("feedback", "")
    found = _TYPE.search(fields)
    if not fields and letter.headers.get_param("report-type") != "feedback-report":
        return _junk_report(letter)
    who = addresses_in("\n".join(_WHO.findall(fields))) or _readers(letter)
    evidence = tuple(Evidence(address) for address in who)
    return Finding(Kind.COMPLAINT, evidence, found[1].lower() if found else "abuse")


def _junk_report(letter: Letter) -> Finding | None:
    who = addresses_in(letter.header(_JUNK_REPORT) or str(letter.returned.get(_JUNK_REPORT, "")))
    if who or (_COMPLAINT.match(letter.subject) and _REPORTERS.search(letter.sender)):
        return Finding(Kind.COMPLAINT, tuple(map(Evidence, who or _readers(letter))), "abuse")
    if letter.header("X-Apple-Unsubscribe").lower() == "true":
        return Finding(Kind.COMPLAINT, tuple(map(Evidence, addresses_in(letter.header("From")))), "opt-out")
    return None


def _readers(letter: Letter) -> list[str]:
    return addresses_in(" ".join(map(str, letter.returned.get_all("To", []))))
