"""RFC 8098: the mail was shown to somebody, or deleted. It has arrived in any case."""

from ..evidence import Finding
from ..letter import Letter
from ..report import Kind


def read_receipt(letter: Letter) -> Finding | None:
    """A receipt is nothing to act on."""
    is_receipt = letter.headers.get_param("report-type") == "disposition-notification"
    return Finding(Kind.NOT_A_BOUNCE) if "disposition" in letter.fields or is_receipt else None
