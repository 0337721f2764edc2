"""Those that list the recipients below a sentence: IIS, Amazon, McAfee, MailMarshal, Openwave, GroupWise, Barracuda."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

_SENTENCES = (
    r"Del[ei]very\s+to\s+the\s+following\s+recipients\s+(?:failed|was\s+aborted|has\s+been\s+delayed)",
    r"trying\s+to\s+deliver\s+the\s+mail\s+to\s+the\s+following\s+recipients:",
    r"The\s+following\s+recipients\s+(?:did\s+not\s+receive|could\s+not\s+be\s+reached|failed)",
    r"(?:cannot|could\s+not)\s+be\s+delivered\s+to\s+the\s+following\s+(?:recipients?|address(?:es)?|address\(es\))",
    r"message\s+to\s+the\s+following\s+recipients?\s+cannot\s+be\s+delivered",
    r"failed\s+to\s+deliver\s+(?:the\s+|your\s+)?(?:mail|message)\s+to\s+the\s+following",
    r"following\s+address(?:es)?\s+had\s+delivery\s+problems",
    r"addresses?\s+below\s+(?:failed|could\s+not)",
    r"undeliverable\s+to\s+the\s+following:",
    r"Each\s+of\s+the\s+following\s+recipients\s+was\s+rejected",
    r"Failed\s+recipient\(s\):",
    r"(?:was|were)\s+not\s+delivered\s+to\s+the\s+following",
    r"addresses?\s+did\s+not\s+receive\s+a\s+copy",
    r"Intended\s+recipient:",
    r"Recipient\s+address:",
    r"Your\s+message\s+to:",
    r"WAS\s+NOT\s+relayed\s+to:",
    r"以下のメールアドレス",
)

_MARK = r"(?:(?:Recipient\s+address:|[*•>-])[ \t]*)?[<\"']?"

listed = Dialect(
    known_by=phrase(*_SENTENCES),
    begins=phrase(*_SENTENCES),
    recipient=lines(
        rf"^[ \t]*{_MARK}(?P<address>{ADDRESS})[>\"']?:?(?=[ \t]*$|[ \t]+\(|(?<=:)[ \t]+[45]\d\d\b)",
        rf"Recipient(?:\s+address)?:[ \t]*<?(?P<address2>{ADDRESS})>?",
    ),
    delayed=phrase(r"has been delayed", r"will (?:continue to )?retry", r"delivery attempts? will (?:be )?contin"),
)
