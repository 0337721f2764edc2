"""Exchange 5.5 to 2003: "ann@example.org on Thu, 1 Jan 2026 12:00:00 +0100", and the reason below."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

exchange_2003 = Dialect(
    known_by=phrase(
        r"did not reach (?:the following recipient\(s\)|some or all of the intended recipients)",
        r"The following recipient\(s\) (?:could not be reached|cannot be reached)",
    ),
    begins=phrase(
        r"did\s+not\s+reach\s+the\s+following\s+recipient\(s\):",
        r"The\s+following\s+recipient\(s\)\s+(?:could\s+not|cannot)\s+be\s+reached:",
    ),
    # X.400 names carry the address as an attribute: "Ann <c=US;a= ;p=ORG;o=SITE;dda:SMTP=ann@example.org;>"
    recipient=lines(
        rf"^[ \t]*(?:(?![ \t])[^\n@]{{0,200}}\bSMTP=)?[<']?(?P<address>{ADDRESS})[>';]{{0,3}}"
        r"\s+on\s+\w{1,12}\b[^\n]{0,60}$",
        # hMailServer took the sentences over
        rf"^[ \t]*(?P<address2>{ADDRESS})$",
    ),
)
