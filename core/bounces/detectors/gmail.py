"""Google Mail before it reported in fields."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

gmail = Dialect(
    known_by=phrase(r"Delivery to the following recipients? (?:failed permanently|has been delayed)"),
    begins=phrase(
        r"Delivery\s+to\s+the\s+following\s+recipients?\s+(?:failed\s+permanently|has\s+been\s+delayed)[:.]?"
    ),
    recipient=lines(rf"^[ \t]*(?:\*[ \t]*)?(?P<address>{ADDRESS})[ \t]*$"),
    delayed=phrase(r"has been delayed"),
)
