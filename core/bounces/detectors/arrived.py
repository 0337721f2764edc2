"""Those that tell in words, not in fields, that a mail was read or has arrived: Outlook, Sendmail, Exchange."""

from ..dialect import phrase
from ..evidence import Finding
from ..letter import Letter
from ..report import Kind

_ARRIVED = phrase(
    r"had successful delivery notifications",
    r"^your (?:message|mail|document):? .{0,900}\b(?:was|were) (?:read|displayed|delivered|received|deleted)\b",
    r"^Ihre (?:Nachricht|Mail) .{0,900}\b(?:gelesen|zugestellt|gelöscht)\b",
    r"has been (?:successfully )?(?:delivered|relayed) to the following",
)
_FAILED = phrase(
    r"had (?:permanent|transient|delivery)|\bnot |n't\b|unable|undeliver|fail(?:ed|ure)|reject|refused|\bnicht\b",
    r"\bkonnte|\bunknown|\b[45]\d\d[ -]|\b[45]\.\d\.\d",
)


def arrived(letter: Letter) -> Finding | None:
    """No word of failure, and one of success."""
    has_arrived = _ARRIVED.search(letter.words) and not _FAILED.search(letter.words)
    return Finding(Kind.NOT_A_BOUNCE) if has_arrived else None
