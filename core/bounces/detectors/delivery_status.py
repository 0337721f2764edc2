"""RFC 3464: the report that says in fields what happened to each recipient."""

import re

from ..addresses import address_in, addresses_in
from ..codes import is_vague
from ..evidence import Evidence, Finding, bounce
from ..fields import recipients_of
from ..letter import Letter
from ..report import Kind
from ..told import MOST_OTHERS, Told, told_of

_IN_TEXT = re.compile(r"^(?:Reporting-MTA|Final-Recipient|Original-Recipient|Action):", re.IGNORECASE | re.MULTILINE)
SHORTEST = 3  # a reply code without words
_DONE = frozenset({"delivered", "relayed", "expanded"})
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# RFC 3463's own words for a status, which add nothing to it
_NO_NEWS = re.compile(
    r"^(?:other or undefined .*|permanent failure|temporary failure|delivery time expired)$", re.IGNORECASE
)
# x-unix stays: it tells that a program spoke, not a server
_TYPE = re.compile(r"^\s*(?:smtp|(?!x-unix)x-[\w-]{1,30}|dns|lmtp|rfc822)\s*;\s*", re.IGNORECASE)
_ORIGINAL_ID = re.compile(r"^(?:X-)?Original-Message-ID:\s*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)


def delivery_status(letter: Letter) -> Finding | None:
    """What the fields say, filled up with what the text for people says of the same recipient."""
    fields = letter.fields.get("status", "")
    if not fields.strip() and len(_IN_TEXT.findall(letter.text)) > 1:
        start = _IN_TEXT.search(letter.text).start()
        fields, letter = letter.text[start:], letter.with_text(letter.text[:start])
    recipients = [entry for entry in recipients_of(fields) if "action" in entry or "status" in entry]
    if not recipients:
        return None
    failed = [entry for entry in recipients if _action(entry) not in _DONE]
    if not failed:
        return Finding(Kind.NOT_A_BOUNCE)
    others = [address_in(entry.get("final-recipient", "")) for entry in failed[:MOST_OTHERS]]
    evidence = [_evidence(letter, entry, others) for entry in failed]
    finding = bounce([one for one in evidence if one.address])
    found = _ORIGINAL_ID.search(fields)
    return finding and Finding(finding.kind, finding.evidence, original_message_id=found[1] if found else "")


def _action(entry: dict[str, str]) -> str:
    return entry.get("action", "failed").split()[0].lower() if entry.get("action", "x").strip() else "failed"


def _evidence(letter: Letter, entry: dict[str, str], others: list[str]) -> Evidence:
    address = _address(letter, entry, len(others))
    told = told_of(letter, address, others)
    status = _STATUS.search(entry.get("status", ""))
    comment = _NO_NEWS.sub("", entry.get("status", "")[status.end() :].strip(" ()")) if status else ""
    code, is_delayed = status[0] if status else "", _action(entry) == "delayed"
    words = _diagnostic(entry, comment, told) or told.refusal or comment or ("" if _is_news(code) else told.words)
    return Evidence(address, words, code, told.command, is_delayed)


def _is_news(code: str) -> bool:
    """Whether a status tells a cause; that the time is over (X.4.7) is none."""
    return not is_vague(code) and not code.endswith(".4.7")


def _diagnostic(entry: dict[str, str], comment: str, told: Told) -> str:
    """The server's words, "" where there are none but a code."""
    words = _TYPE.sub("", entry.get("diagnostic-code", "")).strip()
    if len(words) <= SHORTEST:
        return ""
    if category := entry.get("x-powermta-bouncecategory"):
        return f"{comment} {words} (BounceCategory: {category})".strip()
    # Sendmail writes down the first line only
    return told.refusal if told.refusal.startswith(words) else words


def _address(letter: Letter, entry: dict[str, str], count: int) -> str:
    names = ("final-recipient", "original-recipient", "x-actual-recipient")
    found = list(filter(None, (address_in(entry.get(name, "")) for name in names)))
    # some name a mailbox inside ("ann@ims-ms-daemon")
    if found:
        return next((address for address in found if "." in address.rpartition("@")[2]), found[0])
    # a mailbox file, a program, or nothing: one recipient only can be found elsewhere
    others = addresses_in(letter.header("X-Failed-Recipients")) or letter.sent_to
    return others[0] if count == 1 and others else ""
